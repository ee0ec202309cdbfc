// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A set as readable products: grouped by what is equal, so about what a person would write.
#ifndef COMPILER_PACKET_COVER_H
#define COMPILER_PACKET_COVER_H

#include <cstdint>
#include <vector>

#include "compiler/packet/algebra.h"
#include "compiler/packet/diagram.h"
#include "compiler/packet/packet_set.h"
#include "compiler/packet/rule_list.h"
#include "compiler/packet/work.h"

namespace cordon::packet {

// Services that agree in fragments and states.
struct ServiceGroup {
  std::uint8_t fragments = any_fragment;
  std::uint8_t states = any_state;
  ServiceSet terms;
};

// Everything above IP that the node holds; it lies at or below the protocol. As permits, the groups
// hold the same packets. Disjoint, ascending by fragments and states.
[[nodiscard]] std::vector<ServiceGroup> service_groups(const Diagram& diagram, NodeId node);

// Adds the cubes of one family. Meaningless once the work is exhausted.
void add_cover(const Diagram& diagram, const RuleLists& lists, Algebra& algebra, Work& work, Family family,
               NodeId root, std::vector<Cube>& cubes);

}  // namespace cordon::packet

#endif  // COMPILER_PACKET_COVER_H
