// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Whether a reading means something else than a plan, found by trying packets one by one.
#ifndef TESTS_MUTATION_JUDGE_H
#define TESTS_MUTATION_JUDGE_H

#include <optional>
#include <string>
#include <vector>

#include "compiler/config/capabilities.h"
#include "compiler/config/device.h"
#include "compiler/config/reading.h"

namespace cordon::test {

struct Judgement {
  bool same_text = false;                 // not even a rule, a binding, an interface or a port differs
  std::optional<packet::Packet> decided;  // differently at some crossing, or at the device itself
};

// Tries packets at the boundaries of the rules that are not the same.
[[nodiscard]] Judgement judge(const config::Device& planned, const config::Capabilities& capabilities,
                              const config::Reading& original, const config::Reading& changed);

// Whether the packet is decided differently anywhere.
[[nodiscard]] bool differs(const config::Device& planned, const config::Capabilities& capabilities,
                           const config::Reading& reading, const packet::Packet& packet);

// Packets at the boundaries of the rules that are not the same, in no order; some of all rules where all are.
[[nodiscard]] std::vector<packet::Packet> tried_packets(const config::Reading& original,
                                                        const config::Reading& changed);

// Whether the plan, or what was read, lets the packet cross between two planned interfaces.
[[nodiscard]] bool planned_crosses(const config::Device& planned, config::InterfaceId in,
                                   config::InterfaceId out, const packet::Packet& packet);
[[nodiscard]] bool read_crosses(const config::Device& planned, const config::Reading& reading,
                                config::InterfaceId in, config::InterfaceId out,
                                const packet::Packet& packet);

}  // namespace cordon::test

#endif  // TESTS_MUTATION_JUDGE_H
