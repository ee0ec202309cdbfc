// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What could open a connection, of packets that somebody asks about.
//
// A filter without memory lets replies and errors of other connections pass, and devices hear their
// neighbours' protocols; that is no answer to the question who may open what.
#ifndef COMPILER_CHANGE_OPENERS_H
#define COMPILER_CHANGE_OPENERS_H

#include "compiler/change/intent.h"
#include "compiler/packet/packet_set.h"

namespace cordon::change {

// Two ends of a question, between which packets go.
struct WayEnds {
  const ir::Addresses* from = nullptr;
  const ir::Addresses* to = nullptr;
  bool on_link = false;  // neighbours, or a device itself: protocols of the link are heard there
};

// The packets without what belongs to connections that others opened, or to the network itself, unless the
// policy permits it. May throw `Exhausted`.
[[nodiscard]] packet::PacketSet openers(const Intent& intent, const WayEnds& ends,
                                        const packet::PacketSet& asked, packet::PacketSpace& space);

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_OPENERS_H
