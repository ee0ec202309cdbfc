// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What the reader takes on; beyond it there is a gap. None of these is a limit of the device.
#ifndef BACKENDS_CISCO_IOS_READ_LIMITS_H
#define BACKENDS_CISCO_IOS_READ_LIMITS_H

#include <cstddef>
#include <cstdint>

namespace cordon::backends::cisco_ios {

inline constexpr int largest_group_depth = 32;       // groups within groups
inline constexpr int largest_wildcard_freedom = 12;  // bits above the lowest run: 4096 ranges
inline constexpr std::size_t largest_expansion = std::size_t{1} << 21;  // ranges and terms of all sets
inline constexpr std::size_t most_interfaces = 10'000;
inline constexpr std::size_t most_interfaces_of_a_range = 1024;
inline constexpr std::uint16_t last_vlan = 4094;

}  // namespace cordon::backends::cisco_ios

#endif  // BACKENDS_CISCO_IOS_READ_LIMITS_H
