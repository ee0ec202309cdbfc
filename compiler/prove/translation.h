// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Translation: what the emitted text of a device permits, as an independent reader of its platform
// understands it, is exactly what was planned; and its interfaces, VLANs and switch ports are the planned
// ones.
//
// For every crossing (interface in, interface out) the filters on the way are one set of packets, and so is
// what is for the device itself at each interface. Two crossings with the same filters are compared once.
// What a platform never lets a filter see (later fragments where it puts packets together, connection states
// where it has none) tells nothing apart.
#ifndef COMPILER_PROVE_TRANSLATION_H
#define COMPILER_PROVE_TRANSLATION_H

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/config/capabilities.h"
#include "compiler/config/device.h"
#include "compiler/config/reading.h"
#include "compiler/packet/packet_set.h"

namespace cordon::prove {

// Where the text says something else than the plan.
struct Difference {
  std::string text;                      // `the text lets pass what the plan refuses, from `a` to `b``
  std::optional<packet::Packet> packet;  // decided differently, where it is about packets
  source::Range emitted;                 // the line that decides; invalid where no line does
  source::Range policy;                  // what the plan decides it by; invalid for what no line asked for
  std::size_t repeated = 0;              // at how many more crossings the same two lines disagree
  // VLANs whose frames go where they were not planned to go, or do not go where they were.
  std::vector<std::uint16_t> gained{}, lost{};
};

struct Translation {
  std::vector<Difference> differences;  // in the order of the plan
  bool undecided = false;               // the budget ran out, which proves nothing
  [[nodiscard]] bool proved() const { return differences.empty() && !undecided; }
};

[[nodiscard]] Translation prove_translation(const config::Device& planned,
                                            const config::Capabilities& capabilities,
                                            const config::Reading& reading, packet::Budget budget = {});

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_TRANSLATION_H
