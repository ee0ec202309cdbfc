// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/naive_assertions.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "compiler/packet/naive.h"

namespace cordon::test {
namespace {

using packet::Address;
using packet::AddressSet;
using packet::Family;
using packet::Packet;

bool matches(const packet::ServiceSet& services, const Packet& packet) {
  const packet::ServiceSet here = packet::in_family(services, packet.family);
  if (here.empty()) return false;
  const AddressSet all = AddressSet::all(packet.family);
  const packet::MatchRule rule{
      .match = {.family = packet.family, .source = &all, .destination = &all, .services = &here},
      .action = packet::Action::permit};
  return packet::matches(rule, packet);
}

std::vector<Packet> every_shape() {
  std::vector<Packet> shapes;
  for (const std::uint8_t protocol : {packet::protocol::tcp, packet::protocol::udp}) {
    for (std::uint16_t port = 1; port <= 5; ++port) {
      Packet packet;
      packet.protocol = protocol;
      packet.source_port = 50000;
      packet.destination_port = port;
      if (protocol == packet::protocol::tcp) packet.tcp_flags = 2;
      shapes.push_back(packet);
    }
  }
  for (const auto& [protocol, type] : {std::pair{packet::protocol::icmp, 8},
                                       {packet::protocol::icmp, 3},
                                       {packet::protocol::icmpv6, 128},
                                       {std::uint8_t{50}, 0}}) {
    Packet packet;
    packet.protocol = protocol;
    packet.icmp_type = static_cast<std::uint8_t>(type);
    shapes.push_back(packet);
  }
  return shapes;
}

}  // namespace

NaiveAssertions::NaiveAssertions(const ir::Policy& policy, std::vector<Address> outside)
    : policy_(policy), intent_(policy), universe_(std::move(outside)), shapes_(every_shape()) {
  for (const ir::Network& network : policy.networks) {
    for (const Family family : packet::families) {
      if (network.any(family)) continue;
      for (const packet::AddressRange& range : network.addresses.of(family).ranges()) {
        for (packet::Bits bits = range.first; bits <= range.last; ++bits) universe_.push_back({family, bits});
      }
    }
  }
}

NaiveAssertions::Addresses NaiveAssertions::members(const std::vector<ir::EndpointId>& ends) const {
  Addresses found;
  for (const Address address : universe_) {
    if (std::ranges::any_of(ends, [&](ir::EndpointId end) { return intent_.contains(end, address); }))
      found.insert(address);
  }
  return found;
}

std::vector<Packet> NaiveAssertions::asked(const Addresses& from, const Addresses& to,
                                           ir::ServiceListId services) const {
  std::vector<Packet> packets;
  for (const Address source : from) {
    for (const Address target : to) {
      if (source.family != target.family || source == target) continue;
      for (Packet packet : shapes_) {
        packet.family = source.family;
        // ICMP of the other family does not occur.
        const bool foreign = packet.protocol == (packet.family == Family::ipv4 ? packet::protocol::icmpv6
                                                                               : packet::protocol::icmp);
        if (foreign) continue;
        packet.source = source.bits;
        packet.destination = target.bits;
        const packet::ServiceSet every{packet::ServiceTerm{}};
        if (matches(services.valid() ? policy_.service_lists[services].terms : every, packet))
          packets.push_back(packet);
      }
    }
  }
  return packets;
}

bool NaiveAssertions::flow_opens(const Packet& packet) const {
  for (const ir::Conduit& conduit : policy_.conduits) {
    for (const ir::Flow& flow : conduit.flows) {
      if (intent_.contains(flow.from, {packet.family, packet.source}) &&
          intent_.contains(flow.to, {packet.family, packet.destination}) &&
          matches(policy_.service_lists[flow.services].terms, packet)) {
        return true;
      }
    }
  }
  return false;
}

// Addresses that whoever holds the one may have as well: of a zone that does not isolate, of one device; in a
// zone that does, of one declared host, or of no declared host, one network and different families.
bool NaiveAssertions::companions(Address a, Address b) const {
  if (intent_.is_own(a) || intent_.is_own(b)) {
    return std::ranges::any_of(policy_.devices, [&](const ir::Device& device) {
      const auto has = [&](Address address) {
        return std::ranges::any_of(device.interfaces, [&](const ir::Interface& interface) {
          return interface.ipv4 == address || interface.ipv6 == address;
        });
      };
      return has(a) && has(b);
    });
  }
  const ir::NetworkId first = intent_.network_of(a), second = intent_.network_of(b);
  if (!first.valid() || !second.valid()) return false;
  const ir::ZoneId zone = policy_.networks[first].zone;
  if (!zone.valid() || zone != policy_.networks[second].zone) return false;
  if (!policy_.zones[zone].isolate) return true;
  bool declared = false;
  for (const ir::Host& host : policy_.hosts) {
    if ((host.ipv4 == a && host.ipv6 == b) || (host.ipv4 == b && host.ipv6 == a)) return true;
    for (const Address address : {a, b}) declared = declared || host.ipv4 == address || host.ipv6 == address;
  }
  return !declared && first == second && a.family != b.family;
}

NaiveAssertions::Addresses NaiveAssertions::with_companions(const Addresses& some,
                                                            const Addresses& left_out) const {
  Addresses all;
  for (const Address address : universe_) {
    if (left_out.contains(address)) continue;
    const bool in = some.contains(address) ||
                    std::ranges::any_of(some, [&](Address other) { return companions(address, other); });
    if (in) all.insert(address);
  }
  return all;
}

NaiveAssertions::Addresses NaiveAssertions::arrivals(const Addresses& from, const Addresses& to,
                                                     ir::ServiceListId services,
                                                     const Addresses& left_out) const {
  Addresses start;
  std::ranges::set_difference(from, left_out, std::inserter(start, start.end()));
  Addresses reached = with_companions(start, left_out), arrived;
  for (bool grown = true; grown;) {
    grown = false;
    Addresses everybody(universe_.begin(), universe_.end());
    for (const Packet& packet : asked(reached, everybody, {})) {
      const Address target{packet.family, packet.destination};
      const Address source{packet.family, packet.source};
      const bool to_itself = intent_.is_own(source) && companions(source, target);
      if (left_out.contains(target) || to_itself || !flow_opens(packet)) continue;
      const Addresses gained = with_companions({target}, left_out);
      if (!asked({{packet.family, packet.source}}, {target}, services).empty() &&
          (!services.valid() || matches(policy_.service_lists[services].terms, packet))) {
        for (const Address address : gained) {
          if (to.contains(address)) arrived.insert(address);
        }
      }
      const std::size_t before = reached.size();
      reached.insert(gained.begin(), gained.end());
      grown = grown || reached.size() > before;
    }
  }
  return arrived;
}

bool NaiveAssertions::ways_around(const ir::Assertion& assertion, const Addresses& left_out) const {
  const ir::Traffic& ends = assertion.traffic;
  for (const Packet& packet : asked(members(ends.from), members(ends.to), ends.services)) {
    const bool out = left_out.contains({packet.family, packet.source}) ||
                     left_out.contains({packet.family, packet.destination});
    if (!out && opens(packet)) return true;
  }
  return !arrivals(members(ends.from), members(ends.to), ends.services, left_out).empty();
}

bool NaiveAssertions::never(const ir::Assertion& assertion) const { return !ways_around(assertion, {}); }

bool NaiveAssertions::via(const ir::Assertion& assertion) const {
  return !ways_around(assertion, members(assertion.through));
}

bool NaiveAssertions::always(const ir::Assertion& assertion) const {
  const ir::Traffic& ends = assertion.traffic;
  const std::vector<Packet> all = asked(members(ends.from), members(ends.to), ends.services);
  return std::ranges::all_of(all, [&](const Packet& packet) { return opens(packet); });
}

bool NaiveAssertions::only(const ir::Assertion& assertion) const {
  const ir::Traffic& ends = assertion.traffic;
  const Addresses named = members(ends.from), through = members(assertion.through),
                  everybody(universe_.begin(), universe_.end());
  for (const Packet& packet : asked(everybody, members(ends.to), ends.services)) {
    const Address source{packet.family, packet.source};
    if (!named.contains(source) && !through.contains(source) && flow_opens(packet)) return false;
  }
  return assertion.through.empty() || via(assertion);
}

}  // namespace cordon::test
