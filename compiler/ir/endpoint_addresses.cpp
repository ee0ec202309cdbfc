// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/ir/endpoint_addresses.h"

#include <utility>

namespace cordon::ir {
namespace {

void add_own(const std::optional<Address>& address, Addresses& own) {
  if (address) own.of(address->family) = unite(own.of(address->family), AddressSet(*address));
}

}  // namespace

void add(Addresses& addresses, const Addresses& more) {
  for (const Family family : packet::families)
    addresses.of(family) = unite(addresses.of(family), more.of(family));
}

Addresses hosts_of(const Policy& policy, NetworkId network) {
  Addresses hosts = policy.networks[network].addresses;
  for (const Family family : packet::families)
    hosts.of(family) = subtract(hosts.of(family), policy.device_addresses.of(family));
  return hosts;
}

Addresses hosts_of(const Policy& policy, const Zone& zone) {
  Addresses hosts;
  for (const NetworkId network : zone.networks) add(hosts, hosts_of(policy, network));
  return hosts;
}

Addresses own_addresses(const Device& device) {
  Addresses own;
  for (const Interface& interface : device.interfaces) {
    add_own(interface.ipv4, own);
    add_own(interface.ipv6, own);
    if (!interface.redundancy) continue;
    add_own(interface.redundancy->ipv4, own);
    add_own(interface.redundancy->ipv6, own);
  }
  return own;
}

Addresses addresses_of(const Host& host) {
  Addresses addresses;
  add_own(host.ipv4, addresses);
  add_own(host.ipv6, addresses);
  return addresses;
}

Addresses addresses_of(const Policy& policy, const Endpoint& endpoint) {
  if (endpoint.device.valid()) return own_addresses(policy.devices[endpoint.device]);
  Addresses addresses = endpoint.beyond;
  for (const Piece& piece : endpoint.pieces)
    add(addresses, piece.whole ? hosts_of(policy, piece.network) : piece.addresses);
  return addresses;
}

Endpoint endpoint_of(const Policy& policy, std::string label, const Addresses& addresses) {
  Endpoint endpoint{std::move(label), {}, {}, addresses};
  for (const NetworkId id : policy.networks.ids()) {
    Piece piece{id, {}, false};
    for (const Family family : packet::families) {
      const AddressSet& held = policy.networks[id].addresses.of(family);
      if (!intersects(held, addresses.of(family))) continue;
      piece.addresses.of(family) = intersect(held, addresses.of(family));
      endpoint.beyond.of(family) = subtract(endpoint.beyond.of(family), held);
    }
    if (!piece.addresses.empty()) endpoint.pieces.push_back(std::move(piece));
  }
  return endpoint;
}

ZoneId zone_of(const Policy& policy, const Endpoint& endpoint) {
  if (endpoint.pieces.empty()) return {};
  return policy.networks[endpoint.pieces.front().network].zone;
}

}  // namespace cordon::ir
