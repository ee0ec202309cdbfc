// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Traffic that the model implies at an interface, on the link or with the device itself: DHCP, neighbour
// discovery, multicast listeners, redundancy, routing.
// Sources: RFC 2131, 8415, 4861, 2710, 3810, 2281, 5798, 2328; RFC 5340 for OSPF of version 3.
#ifndef COMPILER_PROVE_IMPLIED_H
#define COMPILER_PROVE_IMPLIED_H

#include <vector>

#include "compiler/prove/forwarding.h"

namespace cordon::prove {

struct Implied {
  packet::AddressSet source, destination;  // never empty, of one family
  packet::ServiceSet services;
  bool needed = true;  // otherwise it may pass, and nothing is lost without it
};

[[nodiscard]] std::vector<Implied> implied_at(const Forwarding& forwarding, EdgeId edge);

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_IMPLIED_H
