// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Whom the end of a flow means, as addresses.
#ifndef COMPILER_IR_ENDPOINT_ADDRESSES_H
#define COMPILER_IR_ENDPOINT_ADDRESSES_H

#include <string>

#include "compiler/ir/policy.h"

namespace cordon::ir {

// A zone or network never means the devices' own addresses; a device means its own, virtual ones included.
[[nodiscard]] Addresses addresses_of(const Policy& policy, const Endpoint& endpoint);
// The hosts that a network may hold: its addresses without those of devices.
[[nodiscard]] Addresses hosts_of(const Policy& policy, NetworkId network);
[[nodiscard]] Addresses hosts_of(const Policy& policy, const Zone& zone);
[[nodiscard]] Addresses own_addresses(const Device& device);
[[nodiscard]] Addresses addresses_of(const Host& host);

// Any set of addresses as an end: by network, and what lies in none beyond.
[[nodiscard]] Endpoint endpoint_of(const Policy& policy, std::string label, const Addresses& addresses);

// The zone that holds an end; invalid: the end is a device. All pieces of a flow's end lie in one zone.
[[nodiscard]] ZoneId zone_of(const Policy& policy, const Endpoint& endpoint);

void add(Addresses& addresses, const Addresses& more);

}  // namespace cordon::ir

#endif  // COMPILER_IR_ENDPOINT_ADDRESSES_H
