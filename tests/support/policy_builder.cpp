// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/policy_builder.h"

#include <algorithm>
#include <stdexcept>

namespace cordon::test {
namespace {

using config::StateTracking;
using config::Support;
using packet::AddressSet;
using packet::Family;

constexpr config::Capabilities stateful{.state = StateTracking::full,
                                        .reassembles = Support::yes,
                                        .filter_in = Support::yes,
                                        .filter_out = Support::yes,
                                        .filter_sees_own = Support::no,
                                        .own_filter = Support::yes,
                                        .addressing = Support::yes,
                                        .vrf = Support::yes,
                                        .switching = Support::no,
                                        .private_vlan = Support::no,
                                        .protected_ports = Support::no,
                                        .dhcp_relay = Support::yes,
                                        .hsrp = Support::yes,
                                        .vrrp = Support::yes,
                                        .vlan_port = std::string_view("eth0.{vlan}"),
                                        .plain_port = std::string_view("eth{n}")};
constexpr config::Capabilities stateless{.state = StateTracking::none,
                                         .reassembles = Support::no,
                                         .filter_in = Support::yes,
                                         .filter_out = Support::yes,
                                         .filter_sees_own = Support::yes,
                                         .own_filter = Support::no,
                                         .addressing = Support::yes,
                                         .vrf = Support::yes,
                                         .switching = Support::yes,
                                         .private_vlan = Support::yes,
                                         .protected_ports = Support::yes,
                                         .dhcp_relay = Support::yes,
                                         .hsrp = Support::yes,
                                         .vrrp = Support::yes,
                                         .vlan_port = std::string_view("Vlan{vlan}"),
                                         .plain_port = std::string_view("Gi1/0/{n}")};
constexpr config::Capabilities stateless_guard{.state = StateTracking::none,
                                               .reassembles = Support::no,
                                               .filter_in = Support::yes,
                                               .filter_out = Support::yes,
                                               .filter_sees_own = Support::no,
                                               .own_filter = Support::yes,
                                               .addressing = Support::yes,
                                               .vrf = Support::yes,
                                               .switching = Support::no,
                                               .private_vlan = Support::no,
                                               .protected_ports = Support::no,
                                               .dhcp_relay = Support::yes,
                                               .hsrp = Support::yes,
                                               .vrrp = Support::yes,
                                               .vlan_port = std::string_view("Vlan{vlan}"),
                                               .plain_port = std::string_view("Gi1/0/{n}")};
// Interface filters and a guard, both of which a packet to the device itself has to pass.
constexpr config::Capabilities stateful_twice{.state = StateTracking::full,
                                              .reassembles = Support::yes,
                                              .filter_in = Support::yes,
                                              .filter_out = Support::yes,
                                              .filter_sees_own = Support::yes,
                                              .own_filter = Support::yes,
                                              .addressing = Support::yes,
                                              .vrf = Support::yes,
                                              .switching = Support::no,
                                              .private_vlan = Support::no,
                                              .protected_ports = Support::no,
                                              .dhcp_relay = Support::yes,
                                              .hsrp = Support::yes,
                                              .vrrp = Support::yes,
                                              .vlan_port = std::string_view("eth0.{vlan}"),
                                              .plain_port = std::string_view("eth{n}")};
constexpr config::Capabilities plain{.state = StateTracking::full,
                                     .reassembles = Support::yes,
                                     .filter_in = Support::yes,
                                     .filter_out = Support::no,
                                     .filter_sees_own = Support::no,
                                     .own_filter = Support::no,
                                     .addressing = Support::yes,
                                     .vrf = Support::no,
                                     .switching = Support::no,
                                     .private_vlan = Support::no,
                                     .protected_ports = Support::no,
                                     .dhcp_relay = Support::no,
                                     .hsrp = Support::no,
                                     .vrrp = Support::no,
                                     .vlan_port = std::string_view("port.{vlan}"),
                                     .plain_port = std::string_view("port{n}")};

template <class IdType, class T>
IdType find_named(const IdVector<IdType, T>& items, std::string_view name) {
  for (const IdType id : items.ids()) {
    if (items[id].name == name) return id;
  }
  return {};
}

AddressSet any_set(const ir::Policy& policy, Family family) {
  return subtract(subtract(AddressSet::all(family), packet::not_unicast(family)), policy.declared.of(family));
}

}  // namespace

const config::Capabilities& capabilities_named(std::string_view platform) {
  if (platform == "stateful") return stateful;
  if (platform == "stateless") return stateless;
  if (platform == "stateless-guard") return stateless_guard;
  if (platform == "stateful-twice") return stateful_twice;
  if (platform == "plain") return plain;
  throw std::invalid_argument("unknown test platform");
}

std::function<const config::Capabilities*(ir::DeviceId)> capabilities_of(const ir::Policy& policy) {
  return [&policy](ir::DeviceId id) { return &capabilities_named(policy.devices[id].platform); };
}

ir::NetworkId PolicyBuilder::network_id(std::string_view name) const {
  return find_named(policy_.networks, name);
}
ir::DeviceId PolicyBuilder::device_id(std::string_view name) const {
  return find_named(policy_.devices, name);
}
ir::ZoneId PolicyBuilder::zone_id(std::string_view name) const { return find_named(policy_.zones, name); }

ir::Network& PolicyBuilder::network(std::string name, const std::vector<std::string>& prefixes) {
  ir::Network network;
  network.name = std::move(name);
  for (const std::string& text : prefixes) {
    if (text == "any4") {
      network.any_ipv4 = true;
    } else if (text == "any6") {
      network.any_ipv6 = true;
    } else {
      network.prefixes.push_back(packet::parse_prefix(text).value());
    }
  }
  return policy_.networks[policy_.networks.push_back(std::move(network))];
}

ir::Zone& PolicyBuilder::zone(std::string name, const std::vector<std::string>& networks, bool isolate) {
  ir::Zone zone;
  zone.name = std::move(name);
  zone.isolate = isolate;
  const ir::ZoneId id{static_cast<std::uint32_t>(policy_.zones.size())};
  for (const std::string& network : networks) {
    zone.networks.push_back(network_id(network));
    policy_.networks[zone.networks.back()].zone = id;
  }
  return policy_.zones[policy_.zones.push_back(std::move(zone))];
}

ir::Device& PolicyBuilder::device(std::string name, std::string platform) {
  ir::Device device;
  device.name = std::move(name);
  device.platform = std::move(platform);
  return policy_.devices[policy_.devices.push_back(std::move(device))];
}

ir::Interface& PolicyBuilder::interface(const std::string& device, std::string name,
                                        const std::string& network,
                                        const std::vector<std::string>& addresses) {
  ir::Interface interface;
  interface.port = name;
  interface.name = std::move(name);
  interface.network = network_id(network);
  for (const std::string& text : addresses) {
    const packet::Address address = packet::parse_address(text).value();
    (address.family == Family::ipv4 ? interface.ipv4 : interface.ipv6) = address;
  }
  std::vector<ir::Interface>& interfaces = policy_.devices[device_id(device)].interfaces;
  interfaces.push_back(std::move(interface));
  return interfaces.back();
}

ir::Port& PolicyBuilder::access(const std::string& device, std::string port, const std::string& network) {
  ir::Port item;
  item.name = std::move(port);
  item.access = network_id(network);
  std::vector<ir::Port>& ports = policy_.devices[device_id(device)].ports;
  ports.push_back(std::move(item));
  return ports.back();
}

void PolicyBuilder::link(const std::string& device, std::string port, const std::string& other,
                         std::string other_port) {
  ir::Port item;
  item.name = std::move(port);
  item.to = ir::LinkEnd{.device = device_id(other), .port = std::move(other_port)};
  policy_.devices[device_id(device)].ports.push_back(std::move(item));
}

void PolicyBuilder::radio(const std::string& device, const std::vector<std::string>& networks) {
  ir::Radio radio;
  radio.name = "air";
  for (const std::string& network : networks) radio.networks.push_back(network_id(network));
  policy_.devices[device_id(device)].radios.push_back(std::move(radio));
}

void PolicyBuilder::settle() {
  for (ir::Network& network : policy_.networks) {
    std::ranges::sort(network.prefixes);
    for (const packet::Prefix& prefix : network.prefixes) {
      AddressSet& own = network.addresses.of(prefix.family());
      own = unite(own, AddressSet(prefix));
      AddressSet& declared = policy_.declared.of(prefix.family());
      declared = unite(declared, AddressSet(prefix));
    }
  }
  for (ir::Network& network : policy_.networks) {
    for (const Family family : packet::families) {
      if (network.any(family)) network.addresses.of(family) = any_set(policy_, family);
    }
  }
  const auto add = [&](const std::optional<packet::Address>& address) {
    if (!address) return;
    AddressSet& own = policy_.device_addresses.of(address->family);
    own = unite(own, AddressSet(*address));
  };
  for (const ir::Device& device : policy_.devices) {
    for (const ir::Interface& interface : device.interfaces) {
      add(interface.ipv4);
      add(interface.ipv6);
      if (interface.redundancy) add(interface.redundancy->ipv4);
      if (interface.redundancy) add(interface.redundancy->ipv6);
    }
  }
}

void PolicyBuilder::add_literal(std::string_view text, std::vector<ir::Piece>& pieces) {
  const auto address = packet::parse_address(text);
  AddressSet set = address ? AddressSet(*address) : AddressSet(packet::parse_prefix(text).value());
  if (!address) set = subtract(set, policy_.device_addresses.of(set.family()));
  for (const ir::NetworkId id : policy_.networks.ids()) {
    const AddressSet part = intersect(policy_.networks[id].addresses.of(set.family()), set);
    if (part.empty()) continue;
    ir::Piece piece{.network = id, .addresses = {}, .whole = false};
    piece.addresses.of(set.family()) = part;
    pieces.push_back(piece);
  }
}

ir::EndpointId PolicyBuilder::endpoint(const std::vector<std::string>& ends) {
  ir::Endpoint endpoint;
  std::vector<ir::Piece> pieces;
  for (const std::string& end : ends) {
    endpoint.label += (endpoint.label.empty() ? "" : "+") + end;
    if (end.starts_with("device:")) {
      endpoint.device = device_id(end.substr(7));
    } else if (const ir::ZoneId zone = zone_id(end); zone.valid()) {
      for (const ir::NetworkId network : policy_.zones[zone].networks) {
        pieces.push_back(
            {.network = network, .addresses = policy_.networks[network].addresses, .whole = true});
      }
    } else if (const ir::NetworkId network = network_id(end); network.valid()) {
      pieces.push_back({.network = network, .addresses = policy_.networks[network].addresses, .whole = true});
    } else {
      add_literal(end, pieces);
    }
  }
  std::ranges::stable_sort(pieces, {}, &ir::Piece::network);
  for (ir::Piece& piece : pieces) {
    if (endpoint.pieces.empty() || endpoint.pieces.back().network != piece.network) {
      endpoint.pieces.push_back(std::move(piece));
      continue;
    }
    ir::Piece& last = endpoint.pieces.back();
    last.whole = last.whole || piece.whole;
    for (const Family family : packet::families) {
      last.addresses.of(family) = unite(last.addresses.of(family), piece.addresses.of(family));
    }
  }
  return policy_.endpoints.push_back(std::move(endpoint));
}

ir::Flow& PolicyBuilder::flow(const std::string& conduit, const std::vector<std::string>& from,
                              const std::vector<std::string>& to, const std::vector<std::string>& services) {
  ir::ConduitId id = find_named(policy_.conduits, conduit);
  if (!id.valid()) {
    ir::Conduit item;
    item.name = conduit;
    id = policy_.conduits.push_back(std::move(item));
  }
  ir::ServiceList list;
  for (const std::string& service : services) {
    list.label += (list.label.empty() ? "" : "+") + service;
    list.terms.push_back(packet::parse_service(service).term.value());
  }
  list.terms = packet::normalize(std::move(list.terms));
  ir::Flow flow;
  flow.conduit = id;
  flow.number = static_cast<std::uint32_t>(policy_.conduits[id].flows.size() + 1);
  flow.from = endpoint(from);
  flow.to = endpoint(to);
  flow.services = policy_.service_lists.push_back(std::move(list));
  policy_.conduits[id].flows.push_back(std::move(flow));
  return policy_.conduits[id].flows.back();
}

}  // namespace cordon::test
