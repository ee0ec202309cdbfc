// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The names that nft has for selectors and for their values.
//
// Protocols are those of /etc/protocols and ports those of /etc/services on Debian, as nft looks them up
// there; only names that rulesets use are here. ICMP, conntrack and flag names are nft's own: `nft describe`.
#ifndef BACKENDS_NFTABLES_READ_NAMES_H
#define BACKENDS_NFTABLES_READ_NAMES_H

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "backends/nftables/read_tree.h"

namespace cordon::backends::nftables::reading {

struct Name {
  std::string_view name;
  std::uint32_t number;
};

enum class Values : std::uint8_t { none, ipv4, ipv6, numbers, flags, interfaces };

// What a selector has for values.
struct Field {
  Values values = Values::none;
  unsigned bits = 0;
  std::span<const Name> names;
};
[[nodiscard]] const Field& field(Selector selector);

// `ip`, `saddr` and the like; `other` for a field that is known and not modelled, nothing for an unknown one.
[[nodiscard]] std::optional<Selector> find_selector(std::string_view base, std::string_view name);

// Whether the word alone begins a selector with a field after it (`tcp`), or is one (`iifname`).
[[nodiscard]] bool has_fields(std::string_view base);
[[nodiscard]] bool is_meta_key(std::string_view word);

[[nodiscard]] std::optional<std::uint32_t> find_name(std::span<const Name> names, std::string_view name);

// Where a priority stands by its name: `filter` is 0.
[[nodiscard]] std::optional<int> priority_named(std::string_view name);

}  // namespace cordon::backends::nftables::reading

#endif  // BACKENDS_NFTABLES_READ_NAMES_H
