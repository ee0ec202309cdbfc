// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Numbers and words of ASA 9.x that refusals and emitters share. Sources: README.md.
#ifndef BACKENDS_CISCO_ASA_LIMITS_H
#define BACKENDS_CISCO_ASA_LIMITS_H

#include <cstddef>
#include <string_view>

namespace cordon::backends::cisco_asa {

inline constexpr std::string_view title = "Cisco ASA";

inline constexpr std::string_view port_types[] = {
    "Ethernet",         "FastEthernet", "GigabitEthernet", "TenGigabitEthernet",
    "FortyGigEthernet", "Management",   "Port-channel",    "Vlan",
};

// Words that stand where an interface's or an object's name may stand.
inline constexpr std::string_view reserved_interface_names[] = {
    "any", "any4", "any6", "control-plane", "global", "host", "interface", "object", "object-group",
};

inline constexpr std::size_t max_object_name = 64;
inline constexpr std::size_t max_list_name = 63;
inline constexpr std::size_t max_interface_name = 48;
inline constexpr std::size_t max_hostname = 63;
inline constexpr std::size_t max_remark = 100;
inline constexpr std::size_t max_description = 200;
inline constexpr std::size_t max_relays_per_interface = 4;
inline constexpr std::size_t max_relays = 10;

// A level for interfaces to which the policy gives none.
inline constexpr unsigned default_security_level = 50;

}  // namespace cordon::backends::cisco_asa

#endif  // BACKENDS_CISCO_ASA_LIMITS_H
