// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Names of ports that are a type and numbers: `GigabitEthernet0/1.1520`, `Vlan20`, `Port-channel1`.
//
// Only full type names are taken. An abbreviation would make two spellings of one port, and then
// two blocks of configuration that each look complete.
#ifndef BACKENDS_COMMON_PORTS_H
#define BACKENDS_COMMON_PORTS_H

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace cordon::backends {

struct PortName {
  std::string_view type;                      // `GigabitEthernet`
  std::string_view parent;                    // without the subinterface: `GigabitEthernet0/1`
  std::uint32_t number = 0;                   // the last number before the subinterface
  std::optional<std::uint32_t> subinterface;  // `1520`
};

// Nothing when the text is not a name of one of the types. Views the text.
[[nodiscard]] std::optional<PortName> parse_port_name(std::string_view text,
                                                      std::span<const std::string_view> types);

}  // namespace cordon::backends

#endif  // BACKENDS_COMMON_PORTS_H
