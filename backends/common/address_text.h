// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Masks and prefixes as command lines take them.
#ifndef BACKENDS_COMMON_ADDRESS_TEXT_H
#define BACKENDS_COMMON_ADDRESS_TEXT_H

#include <optional>
#include <vector>

#include "compiler/packet/address.h"

namespace cordon::backends {

// 255.255.0.0 for sixteen bits: ones where an address must match.
[[nodiscard]] packet::Address subnet_mask(unsigned length);
// 0.0.255.255 for sixteen bits: ones where an address may differ.
[[nodiscard]] packet::Address wildcard_mask(unsigned length);

// The whole prefix of an interface's address: host bits gone.
[[nodiscard]] packet::Prefix network_of(const packet::Prefix& prefix);

// The only prefix of a set that is one prefix; nothing for any other set.
[[nodiscard]] std::optional<packet::Prefix> single_prefix(const packet::AddressSet& addresses);

[[nodiscard]] constexpr bool is_host(const packet::Prefix& prefix) {
  return prefix.length == packet::width(prefix.address.family);
}

}  // namespace cordon::backends

#endif  // BACKENDS_COMMON_ADDRESS_TEXT_H
