// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Numbers and groups: RFC 2131 and 8415 (DHCP), 4861 (neighbour discovery), 2710 and 3810 (multicast
// listeners), 2281 and the vendor's HSRPv2 groups, 5798 (VRRP), 2328 (OSPF).

#include "compiler/plan/infrastructure.h"

#include <initializer_list>
#include <string>
#include <vector>

#include "compiler/base/check.h"

namespace cordon::plan {
namespace {

AddressSet addresses(std::initializer_list<std::string_view> texts) {
  std::vector<packet::AddressRange> ranges;
  Family family = Family::ipv4;
  for (const std::string_view text : texts) {
    const auto prefix = packet::parse_prefix(text);
    CORDON_CHECK(prefix.has_value());
    family = prefix->family();
    ranges.push_back({prefix->first(), prefix->last()});
  }
  return {family, std::move(ranges)};
}

packet::ServiceSet protocol(std::uint8_t number) {
  packet::ServiceTerm term;
  term.protocol = number;
  return {term};
}

packet::ServiceSet udp(packet::PortRange source, std::uint16_t destination) {
  packet::ServiceTerm term;
  term.protocol = packet::protocol::udp;
  term.source = source;
  term.destination = {destination, destination};
  return {term};
}

packet::ServiceSet icmpv6(std::initializer_list<std::uint8_t> types) {
  packet::ServiceSet terms;
  for (const std::uint8_t type : types) {
    packet::ServiceTerm term;
    term.protocol = packet::protocol::icmpv6;
    term.icmp_type = type;
    terms.push_back(term);
  }
  return terms;
}

class Infrastructure {
 public:
  Infrastructure(const ir::Policy& policy, const graph::Topology& topology, graph::AttachmentId at,
                 SetTable& sets, FilterBuilder& filter)
      : topology_(topology),
        policy_(policy),
        at_(at),
        interface_(interface_of(at)),
        network_(policy.networks[topology.attachments()[at].network]),
        sets_(sets),
        filter_(filter) {}

  // An interface without an address of a family has no business in it.
  void add() {
    if (network_.dhcp && network_.dhcp->relay.valid()) dhcp();
    if (speaks(Family::ipv6)) neighbours();
    if (interface_.redundancy) redundancy(*interface_.redundancy);
    if (interface_.ospf) ospf();
  }

 private:
  [[nodiscard]] bool speaks(Family family) const {
    const auto& own = family == Family::ipv4 ? interface_.ipv4 : interface_.ipv6;
    return own && !network_.addresses.of(family).empty();
  }

  [[nodiscard]] const ir::Interface& interface_of(graph::AttachmentId at) const {
    const graph::Attachment& attachment = topology_.attachments()[at];
    return policy_.devices[topology_.vertices()[attachment.vertex].device].interfaces[attachment.interface];
  }

  void permit(const AddressSet& source, std::string_view source_label, const AddressSet& destination,
              std::string_view destination_label, const packet::ServiceSet& services,
              std::string_view service_label, const config::Origin& origin) {
    if (source.empty() || destination.empty()) return;
    filter_.infrastructure({.family = source.family(),
                            .source = sets_.addresses(source, source_label),
                            .destination = sets_.addresses(destination, destination_label),
                            .services = sets_.services(services, service_label),
                            .log = false,
                            .origin = sets_.origin(origin)});
  }

  void dhcp() {
    const config::Origin origin{.label = "dhcp " + network_.name, .note = {}, .range = network_.dhcp->range};
    if (speaks(Family::ipv4)) {
      permit(addresses({"0.0.0.0/32"}), "no-address-yet", addresses({"255.255.255.255/32"}), "broadcast",
             udp({68, 68}, 67), "dhcp-request", origin);
    }
    if (speaks(Family::ipv6)) {
      permit(addresses({"fe80::/10"}), "link-local", addresses({"ff02::1:2/128"}), "dhcp-agents",
             udp({546, 546}, 547), "dhcpv6-request", origin);
    }
  }

  // Solicitations and advertisements of neighbours both ways; what only a router may say is not heard.
  void neighbours() {
    const config::Origin origin{
        .label = "neighbour-discovery " + network_.name, .note = {}, .range = network_.name_range};
    const AddressSet local = addresses({"fe80::/10", "::/128"});
    const AddressSet link = addresses({"fe80::/10", "ff02::/16"});
    const AddressSet on_link = network_.any_ipv6 ? AddressSet(Family::ipv6) : network_.addresses.v6;
    permit(packet::unite(local, on_link), "on-link-" + network_.name, packet::unite(link, on_link),
           "link-and-" + network_.name, icmpv6({133, 135, 136}), "neighbour-discovery", origin);
    permit(local, "link-local-or-none", addresses({"ff02::/16"}), "link-groups", icmpv6({130, 131, 132, 143}),
           "multicast-listeners", origin);
  }

  // Own addresses, in the family, of the other interfaces on this network that the predicate holds for.
  template <class Predicate>
  [[nodiscard]] AddressSet peers(Family family, Predicate predicate) const {
    std::vector<packet::AddressRange> ranges;
    for (const graph::AttachmentId other : topology_.attached(topology_.attachments()[at_].network)) {
      const ir::Interface& interface = interface_of(other);
      const auto& address = family == Family::ipv4 ? interface.ipv4 : interface.ipv6;
      if (other != at_ && address && predicate(interface)) ranges.push_back({address->bits, address->bits});
    }
    return {family, std::move(ranges)};
  }

  // IPv6 hellos come from link-local addresses, which no model declares.
  void redundancy(const ir::Redundancy& own) {
    const bool vrrp = own.protocol == ir::Redundancy::Protocol::vrrp;
    const config::Origin origin{
        .label = (vrrp ? "vrrp " : "hsrp ") + interface_.name, .note = {}, .range = own.range};
    const auto same_group = [&](const ir::Interface& other) {
      return other.redundancy && other.redundancy->protocol == own.protocol &&
             other.redundancy->group == own.group;
    };
    const AddressSet v4 = peers(Family::ipv4, same_group);
    const AddressSet link_local = addresses({"fe80::/10"});
    if (vrrp) {
      const packet::ServiceSet service = protocol(packet::protocol::vrrp);
      if (own.ipv4)
        permit(v4, "vrrp-peers", addresses({"224.0.0.18/32"}), "vrrp-routers", service, "vrrp", origin);
      if (own.ipv6)
        permit(link_local, "link-local", addresses({"ff02::12/128"}), "vrrp-routers", service, "vrrp",
               origin);
      return;
    }
    if (own.ipv4) {
      permit(v4, "hsrp-peers", addresses({"224.0.0.2/32", "224.0.0.102/32"}), "hsrp-routers", udp({}, 1985),
             "hsrp", origin);
    }
    if (own.ipv6) {
      permit(link_local, "link-local", addresses({"ff02::66/128"}), "hsrp-routers", udp({}, 2029), "hsrp",
             origin);
    }
  }

  // Hellos go to groups; databases are exchanged between the routers' addresses.
  void ospf() {
    const config::Origin origin{
        .label = "ospf " + interface_.name, .note = {}, .range = interface_.name_range};
    const AddressSet routers = peers(Family::ipv4, [](const ir::Interface& other) { return other.ospf; });
    AddressSet targets = addresses({"224.0.0.5/32", "224.0.0.6/32"});
    if (interface_.ipv4) targets = packet::unite(targets, AddressSet(*interface_.ipv4));
    permit(routers, "ospf-neighbours", targets, "ospf-targets", protocol(packet::protocol::ospf), "ospf",
           origin);
  }

  const graph::Topology& topology_;
  const ir::Policy& policy_;
  graph::AttachmentId at_;
  const ir::Interface& interface_;
  const ir::Network& network_;
  SetTable& sets_;
  FilterBuilder& filter_;
};

}  // namespace

void add_infrastructure(const ir::Policy& policy, const graph::Topology& topology, graph::AttachmentId at,
                        SetTable& sets, FilterBuilder& filter) {
  Infrastructure(policy, topology, at, sets, filter).add();
}

}  // namespace cordon::plan
