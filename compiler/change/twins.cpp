// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/twins.h"

#include <utility>

#include "compiler/change/parties.h"
#include "compiler/ir/endpoint_addresses.h"

namespace cordon::change {

using packet::Family;

Twins::Twins(const ir::Policy& policy) {
  std::vector<ir::Addresses> declared(policy.networks.size());
  for (const ir::Host& host : policy.hosts) {
    ir::Addresses own = ir::addresses_of(host);
    if (host.network.valid()) ir::add(declared[host.network.value], own);
    if (!own.v4.empty() && !own.v6.empty()) groups_.push_back(std::move(own));
  }
  for (const ir::Device& device : policy.devices) groups_.push_back(ir::own_addresses(device));
  for (const ir::NetworkId id : policy.networks.ids()) {
    ir::Addresses rest = subtract(ir::hosts_of(policy, id), declared[id.value]);
    if (!rest.v4.empty() && !rest.v6.empty()) loose_.push_back(std::move(rest));
  }
}

void Twins::add_to(ir::Addresses& addresses) const {
  const ir::Addresses met = addresses;
  for (const ir::Addresses& group : groups_) {
    if (!intersect(group, met).empty()) ir::add(addresses, group);
  }
  for (const ir::Addresses& network : loose_) {
    const ir::Addresses part = intersect(network, met);
    for (const Family family : packet::families) {
      const Family other = family == Family::ipv4 ? Family::ipv6 : Family::ipv4;
      if (!part.of(family).empty()) addresses.of(other) = unite(addresses.of(other), network.of(other));
    }
  }
}

}  // namespace cordon::change
