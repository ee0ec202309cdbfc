// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Which demand passes which interface: the topology's answer, sorted by device.
#ifndef COMPILER_PLAN_ASSIGN_H
#define COMPILER_PLAN_ASSIGN_H

#include <cstdint>
#include <vector>

#include "compiler/graph/carriage.h"
#include "compiler/plan/demand.h"

namespace cordon::plan {

// Part of a side: the atoms at some places, or a single atom.
struct Selection {
  SideId side;
  graph::ExtentId extent;  // invalid: one atom
  std::uint32_t atom = 0;
  bool mine = false;  // of it, only what the device itself has
  friend auto operator<=>(const Selection&, const Selection&) = default;
};

// Packets of a demand, or replies to it, enter or leave a device at an interface.
struct Use {
  DemandId demand;
  graph::AttachmentId at;
  bool leaving = false;
  bool self = false;  // they are for the device itself
  bool reply = false;
  std::uint8_t families = 3;  // bit 0: IPv4, bit 1: IPv6
  Selection from, to;         // of the packets; for replies the demand's sides change places
};

struct Wanted {
  std::vector<bool> devices;  // configured
  std::vector<bool> replies;  // those without memory
};

// For each device of the policy, its uses in the order of demands.
[[nodiscard]] std::vector<std::vector<Use>> assign(const Demands& demands, const graph::Topology& topology,
                                                   graph::Carriage carriage, const Wanted& wanted);

}  // namespace cordon::plan

#endif  // COMPILER_PLAN_ASSIGN_H
