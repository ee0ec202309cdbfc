// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Numbers and words of IOS XE that refusals and emitters share. Sources: README.md.
#ifndef BACKENDS_CISCO_IOS_LIMITS_H
#define BACKENDS_CISCO_IOS_LIMITS_H

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cordon::backends::cisco_ios {

inline constexpr std::string_view title = "Cisco IOS XE";

inline constexpr std::string_view port_types[] = {
    "AppGigabitEthernet",
    "Ethernet",
    "FastEthernet",
    "FiveGigabitEthernet",
    "FortyGigabitEthernet",
    "FourHundredGigE",
    "GigabitEthernet",
    "HundredGigE",
    "Loopback",
    "Port-channel",
    "TenGigabitEthernet",
    "TwentyFiveGigE",
    "TwoGigabitEthernet",
    "TwoHundredGigE",
    "Vlan",
};

inline constexpr std::size_t max_object_name = 64;
inline constexpr std::size_t max_list_name = 63;
inline constexpr std::size_t max_vlan_name = 32;
inline constexpr std::size_t max_vrf_name = 32;
inline constexpr std::size_t max_hostname = 63;
inline constexpr std::size_t max_remark = 100;
inline constexpr std::size_t max_description = 200;
inline constexpr std::size_t max_vlan_list = 80;  // characters of VLAN ids on one line

inline constexpr std::uint16_t first_reserved_vlan = 1002;
inline constexpr std::uint16_t last_reserved_vlan = 1005;

// HSRP version 2 numbers its groups for both families together. IPv4 keeps the group of the policy;
// IPv6 takes the one half the range above it.
inline constexpr std::uint16_t hsrp_ipv6_offset = 2048;
inline constexpr std::uint16_t max_hsrp_group = 4095;
inline constexpr std::uint16_t max_vrrp_group = 255;

// Entries that one rule may take when its sets are spelled out.
inline constexpr std::size_t max_spelled_deny = 512;
inline constexpr std::size_t max_entries_per_rule = 20'000;

}  // namespace cordon::backends::cisco_ios

#endif  // BACKENDS_CISCO_IOS_LIMITS_H
