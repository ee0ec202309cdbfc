// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Small random networks with loops, several VRFs, transit zones, redundancy pairs and mixed platforms,
// and random flows over them. The same seed gives the same policy on every machine.
#ifndef TESTS_SUPPORT_RANDOM_POLICY_H
#define TESTS_SUPPORT_RANDOM_POLICY_H

#include <cstdint>
#include <vector>

#include "compiler/ir/policy.h"
#include "compiler/packet/match.h"

namespace cordon::test {

[[nodiscard]] ir::Policy random_policy(std::uint64_t seed);

// Packets worth trying: between hosts, devices, the outside world and addresses of nobody, with
// services of the flows and others, in the right direction, reversed and spoofed.
[[nodiscard]] std::vector<packet::Packet> random_packets(const ir::Policy& policy, std::uint64_t seed,
                                                         std::size_t count);

}  // namespace cordon::test

#endif  // TESTS_SUPPORT_RANDOM_POLICY_H
