// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Services as nodes of a diagram: everything above IP, in one number.
#ifndef COMPILER_PACKET_SERVICE_NODES_H
#define COMPILER_PACKET_SERVICE_NODES_H

#include <cstdint>

#include "compiler/packet/algebra.h"
#include "compiler/packet/diagram.h"
#include "compiler/packet/match.h"

namespace cordon::packet {

// The packets that the rule's services, fragments and states admit, or stop if it is a deny. The
// two differ in later fragments; see naive.h.
[[nodiscard]] NodeId service_node(Diagram& diagram, Algebra& algebra, const MatchRule& rule);

}  // namespace cordon::packet

#endif  // COMPILER_PACKET_SERVICE_NODES_H
