// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Names of protocols and ICMP types, as the policy language and our messages use them.
//
// Numbers are those of the IANA registries "Protocol Numbers", "ICMP Parameters" and "ICMPv6
// Parameters"; names are theirs in lower case with dashes, and `echo-request` for both families.
#ifndef COMPILER_PACKET_NAMES_H
#define COMPILER_PACKET_NAMES_H

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace cordon::packet {

struct NumberName {
  std::uint8_t number;
  std::string_view name;
};

// Ascending by number; names are unique within a table.
[[nodiscard]] std::span<const NumberName> protocol_names();
[[nodiscard]] std::span<const NumberName> icmp_type_names(std::uint8_t protocol);  // empty unless ICMP

[[nodiscard]] std::optional<std::uint8_t> find_number(std::span<const NumberName> table,
                                                      std::string_view name);
[[nodiscard]] std::string_view find_name(std::span<const NumberName> table, std::uint8_t number);

}  // namespace cordon::packet

#endif  // COMPILER_PACKET_NAMES_H
