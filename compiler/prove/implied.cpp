// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/implied.h"

#include <algorithm>

#include "compiler/base/check.h"

namespace cordon::prove {
namespace {

using packet::AddressSet;
using packet::Family;
using packet::ServiceSet;
using packet::ServiceTerm;

AddressSet set_of(std::string_view text) {
  if (const auto address = packet::parse_address(text)) return AddressSet(*address);
  const auto prefix = packet::parse_prefix(text);
  CORDON_CHECK(prefix.has_value());
  return AddressSet(*prefix);
}
AddressSet both_of(std::string_view first, std::string_view second) {
  return unite(set_of(first), set_of(second));
}

ServiceSet udp(std::optional<std::uint16_t> from, std::uint16_t to) {
  ServiceTerm term;
  term.protocol = packet::protocol::udp;
  if (from) term.source = {.first = *from, .last = *from};
  term.destination = {.first = to, .last = to};
  return {term};
}
ServiceSet protocol(std::uint8_t number) {
  ServiceTerm term;
  term.protocol = number;
  return {term};
}
ServiceSet icmpv6(std::initializer_list<std::uint8_t> types) {
  ServiceSet terms;
  for (const std::uint8_t type : types) {
    ServiceTerm term;
    term.protocol = packet::protocol::icmpv6;
    term.icmp_type = type;
    terms.push_back(term);
  }
  return terms;
}

class Lister {
 public:
  Lister(const Forwarding& forwarding, EdgeId edge)
      : forwarding_(forwarding),
        edge_(edge),
        interface_(forwarding.interface_of(edge)),
        network_(forwarding.policy().networks[forwarding.edges()[edge].network]) {}

  std::vector<Implied> run() {
    dhcp();
    if (interface_.ipv6) neighbours();
    if (interface_.redundancy) redundancy(*interface_.redundancy);
    if (interface_.ospf) ospf();
    return std::move(found_);
  }

 private:
  void add(AddressSet source, AddressSet destination, ServiceSet services, bool needed = true) {
    if (source.empty() || destination.empty()) return;
    found_.push_back({std::move(source), std::move(destination), std::move(services), needed});
  }

  [[nodiscard]] AddressSet link(Family family) const {
    if (!network_.any(family)) return network_.addresses.of(family);
    const auto& own = family == Family::ipv4 ? interface_.ipv4 : interface_.ipv6;
    const auto& length = family == Family::ipv4 ? interface_.ipv4_length : interface_.ipv6_length;
    if (!own || !length) return AddressSet(family);
    return AddressSet(packet::Prefix{*own, *length});
  }

  // Other devices on the network that the test holds for, by their own addresses.
  template <class Test>
  [[nodiscard]] AddressSet peers(Family family, Test test) const {
    AddressSet found(family);
    for (const EdgeId other : forwarding_.edges_at(forwarding_.edges()[edge_].network)) {
      const ir::Interface& interface = forwarding_.interface_of(other);
      const auto& address = family == Family::ipv4 ? interface.ipv4 : interface.ipv6;
      if (other != edge_ && address && test(interface)) found = unite(found, AddressSet(*address));
    }
    return found;
  }

  void dhcp() {
    if (!network_.dhcp) return;
    const AddressSet everyone = set_of("255.255.255.255");
    const bool relay = network_.dhcp->relay.valid();
    if (interface_.ipv4) add(set_of("0.0.0.0"), everyone, udp(68, 67), relay);
    const ir::HostId server = network_.dhcp->server;
    if (server.valid()) {
      const ir::Host& host = forwarding_.policy().hosts[server];
      if (host.ipv4) add(AddressSet(*host.ipv4), everyone, udp(67, 68), false);
    }
    if (!interface_.ipv6) return;
    add(set_of("fe80::/10"), set_of("ff02::1:2"), udp(546, 547), false);
  }

  void neighbours() {
    const AddressSet local = set_of("fe80::/10");
    const AddressSet hosts = unite(local, link(Family::ipv6));
    // Nobody says whose addresses those of an unknown link are.
    const AddressSet& known = network_.any(Family::ipv6) ? local : hosts;
    const AddressSet sources = unite(hosts, set_of("::"));
    const AddressSet targets = unite(hosts, set_of("ff02::/16"));
    add(known, unite(local, intersect(known, AddressSet(*interface_.ipv6))), icmpv6({135, 136}));
    add(known, set_of("ff02::1:ff00:0/104"), icmpv6({135}));
    add(sources, targets, icmpv6({133, 135, 136}), false);
    add(unite(local, set_of("::")), set_of("ff02::/16"), icmpv6({130, 131, 132, 143}), false);
    if (!peers(Family::ipv6, [](const ir::Interface&) { return true; }).empty())
      add(local, unite(local, set_of("ff02::/16")), icmpv6({134, 137}), false);
  }

  void redundancy(const ir::Redundancy& own) {
    const bool hsrp = own.protocol == ir::Redundancy::Protocol::hsrp;
    const auto same = [&](const ir::Interface& other) {
      return other.redundancy && other.redundancy->protocol == own.protocol &&
             other.redundancy->group == own.group;
    };
    const ServiceSet services = hsrp ? udp(std::nullopt, 1985) : protocol(packet::protocol::vrrp);
    const AddressSet groups = hsrp ? both_of("224.0.0.2", "224.0.0.102") : set_of("224.0.0.18");
    if (own.ipv4) add(peers(Family::ipv4, same), groups, services);
    if (!own.ipv6 || peers(Family::ipv6, same).empty()) return;
    const ServiceSet services6 = hsrp ? udp(std::nullopt, 2029) : services;
    add(set_of("fe80::/10"), set_of(hsrp ? "ff02::66" : "ff02::12"), services6);
  }

  void ospf() {
    const auto speaks = [](const ir::Interface& other) { return other.ospf; };
    const ServiceSet services = protocol(packet::protocol::ospf);
    const AddressSet peers4 = peers(Family::ipv4, speaks);
    add(peers4, both_of("224.0.0.5", "224.0.0.6"), services);
    if (interface_.ipv4) add(peers4, AddressSet(*interface_.ipv4), services, false);
    if (!interface_.ipv6 || peers(Family::ipv6, speaks).empty()) return;
    const AddressSet local = set_of("fe80::/10");
    add(local, both_of("ff02::5", "ff02::6"), services);
    add(local, local, services, false);
  }

  const Forwarding& forwarding_;
  EdgeId edge_;
  const ir::Interface& interface_;
  const ir::Network& network_;
  std::vector<Implied> found_;
};

}  // namespace

std::vector<Implied> implied_at(const Forwarding& forwarding, EdgeId edge) {
  return Lister(forwarding, edge).run();
}

}  // namespace cordon::prove
