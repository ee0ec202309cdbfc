// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "compiler/packet/naive.h"
#include "tests/support/simulator.h"

namespace cordon::test {
namespace {

using packet::Address;
using packet::AddressSet;
using packet::Family;
using packet::Packet;

bool service_matches(const packet::ServiceSet& services, const Packet& packet) {
  if (services.empty()) return false;
  const AddressSet all = AddressSet::all(packet.family);
  const packet::MatchRule rule{
      .match = {.family = packet.family, .source = &all, .destination = &all, .services = &services},
      .action = packet::Action::permit};
  return packet::matches(rule, packet);
}

bool owns(const ir::Device& device, Address address) {
  return std::ranges::any_of(device.interfaces, [&](const ir::Interface& interface) {
    const auto same = [&](const std::optional<Address>& own) { return own == address; };
    return same(interface.ipv4) || same(interface.ipv6) ||
           (interface.redundancy && (same(interface.redundancy->ipv4) || same(interface.redundancy->ipv6)));
  });
}

}  // namespace

Intent::Intent(const ir::Policy& policy) : policy_(policy) {
  for (const ir::ServiceList& list : policy.service_lists) {
    for (const Family family : packet::families) {
      services_.push_back(packet::in_family(list.terms, family));
      replies_.push_back(packet::in_family(packet::reply_of(services_.back()), family));
    }
  }
}

bool Intent::is_own(Address address) const {
  return std::ranges::any_of(policy_.devices,
                             [&](const ir::Device& device) { return owns(device, address); });
}

ir::NetworkId Intent::network_of(Address address) const {
  for (const ir::NetworkId id : policy_.networks.ids()) {
    if (policy_.networks[id].addresses.of(address.family).contains(address)) return id;
  }
  return {};
}

bool Intent::contains(ir::EndpointId id, Address address) const {
  const ir::Endpoint& endpoint = policy_.endpoints[id];
  if (endpoint.device.valid()) return owns(policy_.devices[endpoint.device], address);
  return std::ranges::any_of(endpoint.pieces, [&](const ir::Piece& piece) {
    return piece.addresses.of(address.family).contains(address) && !(piece.whole && is_own(address));
  });
}

bool Intent::in_one_zone(Address a, Address b) const {
  const ir::NetworkId first = network_of(a), second = network_of(b);
  if (!first.valid() || !second.valid() || is_own(a) || is_own(b)) return false;
  const ir::ZoneId zone = policy_.networks[first].zone;
  if (!zone.valid() || zone != policy_.networks[second].zone || policy_.zones[zone].isolate) return false;
  return !(first == second && policy_.networks[first].any(a.family));
}

bool Intent::opens(const Packet& packet) const {
  const Address source{packet.family, packet.source}, target{packet.family, packet.destination};
  if (in_one_zone(source, target)) return true;
  for (const ir::Conduit& conduit : policy_.conduits) {
    for (const ir::Flow& flow : conduit.flows) {
      if (contains(flow.from, source) && contains(flow.to, target) &&
          service_matches(services(flow.services, packet.family), packet)) {
        return true;
      }
    }
  }
  return false;
}

bool Intent::replies(const Packet& packet) const {
  const Address source{packet.family, packet.source}, target{packet.family, packet.destination};
  for (const ir::Conduit& conduit : policy_.conduits) {
    for (const ir::Flow& flow : conduit.flows) {
      if (contains(flow.from, target) && contains(flow.to, source) &&
          service_matches(replies(flow.services, packet.family), packet)) {
        return true;
      }
    }
  }
  return false;
}

std::vector<Address> Intent::representatives(ir::EndpointId id, Family family) const {
  std::vector<Address> found;
  for (const ir::Device& device : policy_.devices) {
    for (const ir::Interface& interface : device.interfaces) {
      for (const std::optional<Address>& own :
           {interface.ipv4, interface.ipv6, interface.redundancy ? interface.redundancy->ipv4 : std::nullopt,
            interface.redundancy ? interface.redundancy->ipv6 : std::nullopt}) {
        if (own && own->family == family && contains(id, *own)) found.push_back(*own);
      }
    }
  }
  for (const ir::Piece& piece : policy_.endpoints[id].pieces) {
    for (const packet::AddressRange& range : piece.addresses.of(family).ranges()) {
      const Address last{family, range.last};  // gateways have low addresses in tests
      if (!is_own(last)) {
        found.push_back(last);
        break;
      }
    }
  }
  return found;
}

}  // namespace cordon::test
