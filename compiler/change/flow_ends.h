// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// All addresses in classes: the hosts of each zone, the policy's devices, and everything else.
#ifndef COMPILER_CHANGE_FLOW_ENDS_H
#define COMPILER_CHANGE_FLOW_ENDS_H

#include <optional>
#include <vector>

#include "compiler/change/drift.h"
#include "compiler/ir/policy.h"
#include "compiler/packet/packet_set.h"

namespace cordon::change {

class FlowEnds {
 public:
  FlowEnds(const ir::Policy& policy, packet::PacketSpace& space);

  struct Pair {
    FlowEnd from, to;
    packet::PacketSet packets;
  };
  // The packets by their ends, zones in declared order. Nothing when the budget ran out.
  [[nodiscard]] std::optional<std::vector<Pair>> split(const packet::PacketSet& packets);
  // By their source alone.
  [[nodiscard]] std::optional<std::vector<Pair>> split(const packet::PacketSet& packets, const FlowEnd& to);

 private:
  struct Class {
    FlowEnd end;
    ir::Addresses addresses;
    std::optional<packet::PacketSet> as_source, as_destination;
  };
  void add(const FlowEnd& end, ir::Addresses addresses);
  [[nodiscard]] std::optional<packet::PacketSet> part(const packet::PacketSet& packets, Class& of,
                                                      bool source);

  packet::PacketSpace& space_;
  std::vector<Class> classes_;  // disjoint
};

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_FLOW_ENDS_H
