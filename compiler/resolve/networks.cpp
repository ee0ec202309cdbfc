// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Networks and zones: prefixes that are right and disjoint, at most one `any`, one zone for a network.
#include <algorithm>

#include "compiler/resolve/resolver.h"

namespace cordon::resolve {
namespace {

std::string_view family_name(Family family) { return family == Family::ipv4 ? "IPv4" : "IPv6"; }

ir::PortAuthentication port_authentication(std::string_view word) {
  if (word == "dot1x") return ir::PortAuthentication::dot1x;
  if (word == "mab") return ir::PortAuthentication::mab;
  return word == "dot1x-mab" ? ir::PortAuthentication::dot1x_mab : ir::PortAuthentication::none;
}

std::optional<std::uint16_t> vlan_of(const std::optional<syntax::Integer>& number) {
  if (!number) return std::nullopt;
  return static_cast<std::uint16_t>(number->value);
}

}  // namespace

void Resolver::build_networks() {
  broken_networks_.assign(policy_.networks.size(), false);
  for (std::uint32_t index = 0; index < networks_.size(); ++index) {
    build_network(ir::NetworkId{index}, *networks_[index].item);
  }
  check_overlaps();
  find_any_networks();
}

void Resolver::build_network(ir::NetworkId id, const syntax::Network& network) {
  ir::Network& out = policy_.networks[id];
  out.vlan = vlan_of(network.vlan);
  if (network.vlan) out.vlan_range = network.vlan->range;
  read_prefixes(id, network.ipv4, Family::ipv4);
  read_prefixes(id, network.ipv6, Family::ipv6);
  out.transit = network.transit.value;
  out.isolated_vlan = vlan_of(network.isolated_vlan);
  out.port_authentication = port_authentication(network.port_authentication.value);
  if (network.wireless) {
    out.wireless = ir::Wireless{std::string(network.wireless->ssid.value),
                                std::string(network.wireless->auth.value), network.wireless->range};
  }
  if (network.isolation) {
    out.isolation =
        ir::AttestedIsolation{std::string(network.isolation->attested.value),
                              std::string(network.isolation->date.value), network.isolation->range};
  }
}

void Resolver::read_prefixes(ir::NetworkId id, const syntax::Texts& texts, Family family) {
  ir::Network& out = policy_.networks[id];
  for (const syntax::Text& text : texts) {
    if (text.value == "any") {
      (family == Family::ipv4 ? out.any_ipv4 : out.any_ipv6) = true;
      continue;
    }
    const auto prefix = packet::parse_prefix(text.value);
    if (!prefix || prefix->family() != family) {
      diagnostics_.build(kind::bad_prefix, text.range, text.value, family_name(family))
          .help("{}", family == Family::ipv4 ? "for example `10.20.0.0/24`, or `any`"
                                             : "for example `'fd00:20::/64'`, or `any`")
          .emit();
      broken_networks_[id.value] = true;
      continue;
    }
    if (prefix->has_host_bits()) {
      diagnostics_.build(kind::host_bits, text.range, text.value)
          .help("the network is `{}`", to_string(Prefix{{family, prefix->first()}, prefix->length}))
          .emit();
      broken_networks_[id.value] = true;
      continue;
    }
    if (intersects(AddressSet(*prefix), packet::not_unicast(family))) {
      diagnostics_.build(kind::prefix_not_unicast, text.range, text.value)
          .help(
              "hosts have unicast addresses; multicast and link-local traffic is infrastructure, which the "
              "model switches on by `dhcp`, `hsrp`, `vrrp` or `ospf`")
          .emit();
      broken_networks_[id.value] = true;
      continue;
    }
    out.prefixes.push_back(*prefix);
    out.addresses.of(family) = unite(out.addresses.of(family), AddressSet(*prefix));
    segments_[static_cast<std::size_t>(family)].push_back(
        {prefix->first(), prefix->last(), id, text.range, *prefix});
  }
  std::ranges::sort(out.prefixes);
}

// Sorted by first address, two prefixes overlap exactly when a later one begins before the furthest end so
// far.
void Resolver::check_overlaps() {
  for (auto& segments : segments_) {
    std::ranges::sort(segments, [](const Segment& a, const Segment& b) {
      return std::tie(a.first, b.last, a.range) < std::tie(b.first, a.last, b.range);
    });
    const Segment* furthest = nullptr;
    for (const Segment& segment : segments) {
      if (furthest != nullptr && segment.first <= furthest->last) {
        const bool later = furthest->range < segment.range;
        const Segment& here = later ? segment : *furthest;
        const Segment& there = later ? *furthest : segment;
        diagnostics_.build(kind::prefix_overlap, here.range, to_string(here.prefix), to_string(there.prefix))
            .here("network `{}`", policy_.networks[here.network].name)
            .label(there.range, "network `{}`", policy_.networks[there.network].name)
            .help("an address lies in one network only: shrink one of the prefixes, or make them one network")
            .emit();
        broken_networks_[segment.network.value] = broken_networks_[furthest->network.value] = true;
      }
      if (furthest == nullptr || segment.last > furthest->last) furthest = &segment;
    }
  }
}

void Resolver::find_any_networks() {
  for (const ir::NetworkId id : policy_.networks.ids()) {
    ir::Network& network = policy_.networks[id];
    for (const Family family : packet::families) {
      if (!network.any(family)) {
        policy_.declared.of(family) = unite(policy_.declared.of(family), network.addresses.of(family));
        continue;
      }
      ir::NetworkId& any = family == Family::ipv4 ? any_ipv4_ : any_ipv6_;
      if (any.valid()) {
        diagnostics_.build(kind::second_any, network.name_range, network.name, policy_.networks[any].name)
            .label(policy_.networks[any].name_range, "the other one")
            .help("several devices may attach to one `any` network; two uplinks are two interfaces on it")
            .emit();
        continue;
      }
      any = id;
    }
  }
  for (const Family family : packet::families) {
    const ir::NetworkId any = any_network(family);
    if (!any.valid()) continue;
    AddressSet rest = subtract(AddressSet::all(family), packet::not_unicast(family));
    policy_.networks[any].addresses.of(family) = subtract(rest, policy_.declared.of(family));
  }
}

void Resolver::build_zones() {
  for (std::uint32_t index = 0; index < zones_.size(); ++index) {
    const auto& [item, scope] = zones_[index];
    const ir::ZoneId id{index};
    ir::Zone& zone = policy_.zones[id];
    zone.type = item->type.value;
    zone.description = item->description.value;
    zone.owner = item->owner.value;
    zone.isolate = item->isolate.value;
    zone.wired_and_wireless = item->wired_and_wireless.value;
    if (item->security_level) zone.security_level = static_cast<std::uint8_t>(item->security_level->value);
    for (const syntax::Text& text : item->networks) {
      const ir::NetworkId network = network_reference(text, scope);
      if (!network.valid()) continue;
      ir::Network& member = policy_.networks[network];
      if (member.zone.valid()) {
        diagnostics_
            .build(kind::network_in_two_zones, text.range, member.name, zone.name,
                   policy_.zones[member.zone].name)
            .label(policy_.zones[member.zone].name_range, "zone `{}` lists it too",
                   policy_.zones[member.zone].name)
            .help("a network belongs to one zone; split the network if part of it is another zone")
            .emit();
        continue;
      }
      member.zone = id;
      zone.networks.push_back(network);
    }
    std::ranges::sort(zone.networks);
  }
  check_shared_names();
}

// A name for a zone and a network at once is unmistakable only when both mean the same addresses.
void Resolver::check_shared_names() {
  for (const ir::ZoneId id : policy_.zones.ids()) {
    const ir::Zone& zone = policy_.zones[id];
    const auto found = places_.entries().find(zone.name);
    if (found == places_.entries().end() || !found->second.network.valid() || found->second.zone != id)
      continue;
    if (zone.networks.size() == 1 && zone.networks.front() == found->second.network) continue;
    diagnostics_.build(kind::duplicate_name, zone.name_range, zone.name)
        .label(policy_.networks[found->second.network].name_range, "the network of that name")
        .help("a zone may carry the name of a network only when that is its only network")
        .emit();
  }
}

std::optional<ir::NetworkId> Resolver::network_of(Address address) const {
  const auto& segments = segments_[static_cast<std::size_t>(address.family)];
  auto after = std::ranges::upper_bound(segments, address.bits, {}, &Segment::first);
  if (after == segments.begin() || std::prev(after)->last < address.bits) return std::nullopt;
  return std::prev(after)->network;
}

// What needs hosts, devices and groups: DHCP, and networks that no zone lists.
void Resolver::finish_networks() {
  for (std::uint32_t index = 0; index < networks_.size(); ++index) {
    const auto& [item, scope] = networks_[index];
    if (!item->dhcp) continue;
    ir::Dhcp dhcp;
    dhcp.snooping = item->dhcp->snooping.value;
    dhcp.arp_inspection = item->dhcp->arp_inspection.value;
    dhcp.source_guard = item->dhcp->source_guard.value;
    dhcp.range = item->dhcp->range;
    if (item->dhcp->relay.present()) {
      const Reference reference{item->dhcp->relay, scope};
      Members servers = members_of({&reference, 1});
      if (!servers.broken)
        dhcp.relay = intern_endpoint(std::string(item->dhcp->relay.value), std::move(servers));
    }
    if (item->dhcp->server.present()) {
      const PlaceName* place = find_place({item->dhcp->server, scope}, item->dhcp->server.value);
      if (place == nullptr) {
        unknown_place({item->dhcp->server, scope}, item->dhcp->server.value);
      } else if (!place->host.valid()) {
        diagnostics_
            .build(kind::wrong_kind, item->dhcp->server.range, item->dhcp->server.value, describe(*place),
                   "a host")
            .label(place->range, "declared here")
            .emit();
      } else {
        dhcp.server = place->host;
      }
    }
    policy_.networks[ir::NetworkId{index}].dhcp = dhcp;
  }
}

}  // namespace cordon::resolve
