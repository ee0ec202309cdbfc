// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What comes back of connections.
#ifndef COMPILER_CHANGE_REPLIES_H
#define COMPILER_CHANGE_REPLIES_H

#include "compiler/packet/packet_set.h"

namespace cordon::change {

// Replies to what opens these connections, as a device sees them that remembers; nothing for what nobody
// answers, an ICMP message, say. May throw `Exhausted`.
[[nodiscard]] packet::PacketSet replies_to(packet::PacketSpace& space, const packet::PacketSet& connections);

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_REPLIES_H
