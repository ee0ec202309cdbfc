// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Names of objects in a configuration, made from the labels of a policy.
//
// Where a configuration is loaded line by line over an older one of itself, an object of the same name
// would keep what it had and take the new beside it. There every name says what the object holds.
//
// A label of letters, digits, `-`, `.`, `,` and `/` becomes a name of letters, digits, `-` and `_`
// by a spelling that can be undone (`label_of`). When that is not enough, because the label holds
// other characters, is too long, or is shared by objects with different content, the name ends in
// eight hexadecimal digits made from label and content. So two objects with different members never
// share a name, and a name depends only on its own object and those of the same label: an unrelated
// change to the policy leaves it alone.
#ifndef BACKENDS_COMMON_NAMES_H
#define BACKENDS_COMMON_NAMES_H

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/packet/address.h"
#include "compiler/packet/service.h"

namespace cordon::backends {

// The same number for equal sets, on every machine.
[[nodiscard]] std::uint64_t digest(const packet::AddressSet& addresses);
[[nodiscard]] std::uint64_t digest(const packet::ServiceSet& terms);
[[nodiscard]] std::uint64_t digest(std::string_view text);

struct NamedThing {
  std::string label;
  std::uint64_t content = 0;
};

// One name for each thing, in the same order; all different, each at most `limit` characters (16 or
// more) of `[A-Za-z0-9_-]` and beginning with a letter. Things are equal when label and content are,
// and must not be listed twice.
[[nodiscard]] std::vector<std::string> object_names(std::span<const NamedThing> things, std::size_t limit);

// The same, but every name ends in digits of its content.
[[nodiscard]] std::vector<std::string> versioned_names(std::span<const NamedThing> things, std::size_t limit);

// The label of a name that carries no digits of its content.
[[nodiscard]] std::string label_of(std::string_view name);

}  // namespace cordon::backends

#endif  // BACKENDS_COMMON_NAMES_H
