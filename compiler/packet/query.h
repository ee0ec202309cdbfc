// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Questions that only read a diagram: is a packet in it, which is the plainest, how many are there.
#ifndef COMPILER_PACKET_QUERY_H
#define COMPILER_PACKET_QUERY_H

#include "compiler/packet/diagram.h"
#include "compiler/packet/match.h"
#include "compiler/packet/rule_list.h"

namespace cordon::packet {

[[nodiscard]] bool holds(const Diagram& diagram, const RuleLists& lists, NodeId root, const Packet& packet);

// Prefers documentation addresses, a new TCP connection to port 443 and an ephemeral source port;
// whatever the set does not hold is replaced by the least value it does. The root is not empty.
[[nodiscard]] Packet plainest_packet(const Diagram& diagram, const RuleLists& lists, Family family,
                                     NodeId root);

[[nodiscard]] long double packet_count(const Diagram& diagram, const RuleLists& lists, Family family,
                                       NodeId root);

}  // namespace cordon::packet

#endif  // COMPILER_PACKET_QUERY_H
