// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What the reader takes on; beyond it there is a gap. None of these is a limit of the device.
#ifndef BACKENDS_CISCO_ASA_READ_LIMITS_H
#define BACKENDS_CISCO_ASA_READ_LIMITS_H

#include <cstddef>

namespace cordon::backends::cisco_asa::reading {

inline constexpr int largest_group_depth = 32;                          // groups within groups
inline constexpr std::size_t largest_expansion = std::size_t{1} << 21;  // ranges and terms of all sets
inline constexpr std::size_t most_interfaces = 1024;
inline constexpr std::size_t most_insertions = 4096;             // `line N` into one list
inline constexpr std::size_t most_pairs = std::size_t{1} << 16;  // of interfaces between which nothing passes

}  // namespace cordon::backends::cisco_asa::reading

#endif  // BACKENDS_CISCO_ASA_READ_LIMITS_H
