// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Whom a set of addresses is made of, in the terms in which conduits speak: hosts of a zone, or a device.
#ifndef COMPILER_CHANGE_PARTIES_H
#define COMPILER_CHANGE_PARTIES_H

#include <vector>

#include "compiler/ir/policy.h"

namespace cordon::change {

// Neither zone nor device nor network: no network of the policy holds the addresses.
struct Party {
  ir::ZoneId zone;
  ir::NetworkId network;  // of hosts that are in no zone
  ir::DeviceId device;    // every address of its own
  ir::Addresses addresses;
};

// Disjoint, and their union is the set. A device's own addresses are the device where all of them are there;
// single ones count to the zone of their network, as literals in a flow do.
[[nodiscard]] std::vector<Party> parties_of(const ir::Policy& policy, const ir::Addresses& addresses);

[[nodiscard]] ir::Addresses intersect(const ir::Addresses& a, const ir::Addresses& b);
[[nodiscard]] ir::Addresses subtract(const ir::Addresses& a, const ir::Addresses& b);
[[nodiscard]] bool is_subset(const ir::Addresses& inner, const ir::Addresses& outer);

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_PARTIES_H
