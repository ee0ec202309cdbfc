// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a list of rules does to one packet, by trying the rules one after the other.
//
// This is the meaning that everything else is measured against: the packet-set engine, the
// optimisations and the readers of platforms. It is as simple as it can be and shares no code with
// them. Fragments: a permit admits the later fragments of its protocol between its addresses,
// although they carry no ports; a deny that names ports, ICMP types or TCP flags lets them pass to
// the next rule.
#ifndef COMPILER_PACKET_NAIVE_H
#define COMPILER_PACKET_NAIVE_H

#include <span>

#include "compiler/packet/match.h"

namespace cordon::packet {

// Whether the rule decides about the packet. It depends on the action: see fragments above.
[[nodiscard]] bool matches(const MatchRule& rule, const Packet& packet);

// The first rule that matches decides.
[[nodiscard]] Action evaluate(std::span<const MatchRule> rules, const Packet& packet,
                              Action otherwise = Action::deny);

}  // namespace cordon::packet

#endif  // COMPILER_PACKET_NAIVE_H
