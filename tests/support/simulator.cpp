// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/simulator.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/packet/naive.h"
#include "tests/support/policy_builder.h"

namespace cordon::test {
namespace {

using packet::Address;
using packet::AddressSet;
using packet::Family;
using packet::Packet;

bool is_error(const Packet& packet) {
  if (packet.fragment == packet::Fragment::later) {
    return packet.protocol ==
           (packet.family == Family::ipv4 ? packet::protocol::icmp : packet::protocol::icmpv6);
  }
  if (packet.family == Family::ipv4) {
    return packet.protocol == packet::protocol::icmp &&
           (packet.icmp_type == 3 || packet.icmp_type == 11 || packet.icmp_type == 12);
  }
  return packet.protocol == packet::protocol::icmpv6 && packet.icmp_type >= 1 && packet.icmp_type <= 4;
}

// The answer to a packet, as its receiver would send it.
std::optional<Packet> answer(Packet packet) {
  std::swap(packet.source, packet.destination);
  std::swap(packet.source_port, packet.destination_port);
  if (packet.protocol == packet::protocol::tcp) packet.tcp_flags = 16;
  if (packet.protocol == packet::protocol::icmp) {
    if (packet.icmp_type != 8) return std::nullopt;
    packet.icmp_type = 0;
  }
  if (packet.protocol == packet::protocol::icmpv6) {
    if (packet.icmp_type != 128) return std::nullopt;
    packet.icmp_type = 129;
  }
  return packet;
}

}  // namespace

Simulator::Simulator(const ir::Policy& policy, const std::vector<config::Device>& devices)
    : Simulator(policy, devices, capabilities_of(policy)) {}

Simulator::Simulator(const ir::Policy& policy, const std::vector<config::Device>& devices,
                     CapabilitiesOf capabilities)
    : policy_(policy),
      devices_(devices),
      capabilities_(std::move(capabilities)),
      intent_(policy),
      network_edges_(policy.networks.size()) {
  for (const ir::DeviceId id : policy.devices.ids()) {
    std::map<std::string, std::uint32_t> vrfs;
    for (std::uint32_t i = 0; i < policy.devices[id].interfaces.size(); ++i) {
      const ir::Interface& interface = policy.devices[id].interfaces[i];
      const auto [vrf, added] =
          vrfs.try_emplace(interface.vrf, static_cast<std::uint32_t>(vertex_device_.size()));
      if (added) {
        vertex_device_.push_back(id.value);
        vertex_edges_.emplace_back();
      }
      const auto edge = static_cast<std::uint32_t>(edges_.size());
      edges_.push_back(
          {.vertex = vrf->second, .network = interface.network, .device = id.value, .interface = i});
      vertex_edges_[vrf->second].push_back(edge);
      network_edges_[interface.network.value].push_back(edge);
    }
  }
}

bool Simulator::transit(ir::NetworkId id) const {
  const ir::Network& network = policy_.networks[id];
  return network.transit || (!network.zone.valid() && !network.any_ipv4 && !network.any_ipv6);
}

std::vector<Simulator::Place> Simulator::places(Address address) const {
  std::vector<Place> found;
  const ir::NetworkId network = intent_.network_of(address);
  if (network.valid()) found.push_back({.network = network, .self = {}});
  for (const Edge& edge : edges_) {
    const ir::Interface& interface = policy_.devices[ir::DeviceId{edge.device}].interfaces[edge.interface];
    const bool virtual_own = interface.redundancy &&
                             (interface.redundancy->ipv4 == address || interface.redundancy->ipv6 == address);
    if (interface.ipv4 == address || interface.ipv6 == address || virtual_own) {
      found.push_back({.network = {}, .self = edge.vertex});
    }
  }
  return found;
}

std::vector<std::uint32_t> Simulator::devices_at(const Place& place) const {
  if (place.self) return {*place.self};
  std::vector<std::uint32_t> found;
  for (const std::uint32_t edge : network_edges_[place.network.value]) found.push_back(edges_[edge].vertex);
  return found;
}

// Every core edge on some simple path between a device at one place and a device at the other.
const std::set<std::uint32_t>& Simulator::between(const Place& from, const Place& to) const {
  const auto [entry, added] = between_.try_emplace({from, to});
  if (added) {
    for (const std::uint32_t start : devices_at(from)) {
      for (const std::uint32_t goal : devices_at(to)) {
        std::vector<bool> vertices(vertex_device_.size());
        std::set<ir::NetworkId> networks;
        std::vector<std::uint32_t> trail;
        spread(start, goal, vertices, networks, trail, entry->second);
      }
    }
  }
  return entry->second;
}

void Simulator::spread(std::uint32_t at, std::uint32_t goal, std::vector<bool>& vertices,
                       std::set<ir::NetworkId>& networks, std::vector<std::uint32_t>& trail,
                       std::set<std::uint32_t>& edges) const {
  if (at == goal) {
    edges.insert(trail.begin(), trail.end());
    return;
  }
  vertices[at] = true;
  for (const std::uint32_t out : vertex_edges_[at]) {
    const ir::NetworkId network = edges_[out].network;
    if (!transit(network) || !networks.insert(network).second) continue;
    for (const std::uint32_t in : network_edges_[network.value]) {
      if (vertices[edges_[in].vertex]) continue;
      trail.insert(trail.end(), {out, in});
      spread(edges_[in].vertex, goal, vertices, networks, trail, edges);
      trail.resize(trail.size() - 2);
    }
    networks.erase(network);
  }
  vertices[at] = false;
}

bool Simulator::source_side(std::uint32_t edge, const Place& from, const Place& to) const {
  if (edges_[edge].network == from.network) return true;
  return transit(edges_[edge].network) && edges_[edge].network != to.network &&
         between(from, to).contains(edge);
}

bool Simulator::target_side(std::uint32_t edge, const Place& from, const Place& to) const {
  return source_side(edge, to, from);
}

Simulator::Carry Simulator::carries(std::uint32_t edge, bool leaving, const Place& from,
                                    const Place& to) const {
  const std::uint32_t vertex = edges_[edge].vertex;
  const Place& here = leaving ? to : from;
  const Place& there = leaving ? from : to;
  if (here.self == vertex) return {};
  if (!(leaving ? target_side(edge, from, to) : source_side(edge, from, to))) return {};
  if (there.self == vertex) return {.forwarded = false, .self = true, .arrived = false};
  for (const std::uint32_t other : vertex_edges_[vertex]) {
    const bool hairpin = from == to && !transit(edges_[edge].network);
    if (other == edge && !hairpin) continue;
    if (leaving ? source_side(other, from, to) : target_side(other, from, to))
      return {.forwarded = true, .self = false, .arrived = false};
  }
  return {};
}

bool Simulator::real_own(std::uint32_t vertex, Address address) const {
  return std::ranges::any_of(vertex_edges_[vertex], [&](std::uint32_t edge) {
    const ir::Interface& interface =
        policy_.devices[ir::DeviceId{edges_[edge].device}].interfaces[edges_[edge].interface];
    return interface.ipv4 == address || interface.ipv6 == address;
  });
}

Simulator::Carry Simulator::carries(std::uint32_t edge, bool leaving, Address from, Address to) const {
  Carry sum;
  for (const Place& source : places(from)) {
    for (const Place& target : places(to)) {
      const Carry one = carries(edge, leaving, source, target);
      sum.forwarded = sum.forwarded || one.forwarded;
      sum.self = sum.self || one.self;
    }
  }
  if (!leaving) sum.arrived = arrives(edge, from, to);
  sum.self = sum.self || sum.arrived;
  if (real_own(edges_[edge].vertex, from) || real_own(edges_[edge].vertex, to)) sum.forwarded = false;
  return sum;
}

// The device has the address in a host network, and another gateway of that network sends the packet there.
bool Simulator::arrives(std::uint32_t edge, Address from, Address to) const {
  const ir::NetworkId network = edges_[edge].network;
  const Place self{.network = {}, .self = edges_[edge].vertex};
  if (transit(network) || intent_.network_of(to) != network || intent_.network_of(from) == network)
    return false;
  if (policy_.networks[network].any(to.family)) return false;  // nothing declared comes in there
  const std::vector<Place> owners = places(to);
  if (std::ranges::find(owners, self) == owners.end()) return false;
  for (const std::uint32_t other : network_edges_[network.value]) {
    if (edges_[other].vertex == edges_[edge].vertex) continue;
    for (const Place& source : places(from)) {
      const Carry sent = carries(other, true, source, Place{.network = network, .self = {}});
      if (sent.forwarded || sent.self) return true;
    }
  }
  return false;
}

bool Simulator::intended(const Packet& packet, bool stateless) const {
  return intent_.opens(packet) || (stateless && intent_.replies(packet));
}

// Who may open a connection to the address, or receive one from it: one address of each set.
std::vector<Address> Simulator::partners(Address target) const {
  std::vector<Address> found;
  const auto add = [&](ir::EndpointId id) {
    const std::vector<Address> some = intent_.representatives(id, target.family);
    found.insert(found.end(), some.begin(), some.end());
  };
  for (const ir::Conduit& conduit : policy_.conduits) {
    for (const ir::Flow& flow : conduit.flows) {
      if (!intent_.services(flow.services, target.family).empty() && intent_.contains(flow.to, target))
        add(flow.from);
      if (!intent_.replies(flow.services, target.family).empty() && intent_.contains(flow.from, target))
        add(flow.to);
    }
  }
  for (const ir::Network& network : policy_.networks) {
    const AddressSet& addresses = network.addresses.of(target.family);
    if (addresses.empty()) continue;
    const Address last{target.family, addresses.ranges().front().last};
    if (intent_.in_one_zone(last, target)) found.push_back(last);
  }
  return found;
}

// The address opens or receives a connection across the filter.
Simulator::Carry Simulator::error_target(std::uint32_t edge, bool leaving, Address target) const {
  Carry sum;
  for (const Address from : partners(target)) {
    const Carry one = carries(edge, leaving, from, target);
    sum.forwarded = sum.forwarded || one.forwarded;
    sum.self = sum.self || one.self;
    sum.arrived = sum.arrived || one.arrived;
  }
  return sum;
}

bool Simulator::is_stateful(std::uint32_t edge) const {
  return capabilities_(ir::DeviceId{edges_[edge].device})->state == config::StateTracking::full;
}

bool Simulator::expected(std::uint32_t edge, bool leaving, const Packet& packet) const {
  const Address source{packet.family, packet.source}, target{packet.family, packet.destination};
  const config::Capabilities& capabilities = *capabilities_(ir::DeviceId{edges_[edge].device});
  const bool stateless = !is_stateful(edge);
  const bool sees_own = !leaving && capabilities.filter_sees_own == config::Support::yes;
  const Carry carry = carries(edge, leaving, source, target);
  if ((carry.forwarded || (sees_own && carry.self)) && intended(packet, stateless)) return true;
  if (!stateless || !is_error(packet)) return false;
  const ir::Network& network = policy_.networks[edges_[edge].network];
  const bool outside = network.any(packet.family);
  if (!leaving && !transit(edges_[edge].network) && !outside &&
      !network.addresses.of(packet.family).contains(source)) {
    return sees_own && error_target(edge, leaving, target).arrived;
  }
  if (!leaving && outside &&
      (policy_.declared.of(packet.family).contains(source) ||
       packet::not_unicast(packet.family).contains(source))) {
    return false;
  }
  const Carry errors = error_target(edge, leaving, target);
  return errors.forwarded || (sees_own && errors.self);
}

bool Simulator::expected_own_at(std::uint32_t edge, const Packet& packet) const {
  const Address source{packet.family, packet.source}, target{packet.family, packet.destination};
  const bool stateless = !is_stateful(edge);
  if (carries(edge, false, source, target).self && intended(packet, stateless)) return true;
  if (!stateless || !is_error(packet)) return false;
  const Carry errors = error_target(edge, false, target);
  return from_behind(edge, source) ? errors.self : errors.arrived;
}

// Nothing about the interface says that the source cannot be there.
bool Simulator::from_behind(std::uint32_t edge, Address source) const {
  const ir::Network& network = policy_.networks[edges_[edge].network];
  if (network.any(source.family)) {
    return !policy_.declared.of(source.family).contains(source) &&
           !packet::not_unicast(source.family).contains(source);
  }
  return transit(edges_[edge].network) || network.addresses.of(source.family).contains(source);
}

bool Simulator::expected_own(std::uint32_t device, const Packet& packet) const {
  const Address source{packet.family, packet.source}, target{packet.family, packet.destination};
  for (std::uint32_t edge = 0; edge < edges_.size(); ++edge) {
    if (edges_[edge].device != device) continue;
    const bool stateless = !is_stateful(edge);
    if (carries(edge, false, source, target).self && intended(packet, stateless)) return true;
    if (stateless && is_error(packet) && error_target(edge, false, target).self) return true;
  }
  return false;
}

std::uint32_t Simulator::edge_of(ir::DeviceId device, config::InterfaceId interface) const {
  const auto found = std::ranges::find_if(edges_, [&](const Edge& edge) {
    return edge.device == device.value && edge.interface == interface.value;
  });
  return static_cast<std::uint32_t>(found - edges_.begin());
}

const config::Device* Simulator::config_of(std::uint32_t device) const {
  const auto found =
      std::ranges::find(devices_, policy_.devices[ir::DeviceId{device}].name, &config::Device::name);
  return found == devices_.end() ? nullptr : &*found;
}

std::optional<config::FilterId> Simulator::filter_at(std::uint32_t edge, bool leaving) const {
  const config::Device* device = config_of(edges_[edge].device);
  if (device == nullptr) return std::nullopt;
  for (const config::Binding& binding : device->bindings) {
    if (binding.stage == (leaving ? config::Stage::interface_out : config::Stage::interface_in) &&
        binding.interface.value == edges_[edge].interface) {
      return binding.filter;
    }
  }
  return std::nullopt;
}

bool Simulator::admits(const config::Device& device, config::FilterId filter, const Packet& packet) const {
  std::vector<packet::MatchRule>& rules = rules_[{&device, filter}];
  if (rules.empty()) {
    for (const config::Rule& rule : device.filters[filter].rules)
      rules.push_back(config::to_match(device, rule));
  }
  return packet::evaluate(rules, packet) == packet::Action::permit;
}

std::string Simulator::verdict(const config::Device& device, config::FilterId filter, bool wanted,
                               const Packet& packet) const {
  if (admits(device, filter, packet) == wanted) return {};
  return fmt::format("{} of {} {} {}", device.filters[filter].name, device.name,
                     wanted ? "refuses" : "admits", packet::to_string(packet));
}

std::string Simulator::judge_guards(ir::DeviceId id, const Packet& packet) const {
  const config::Device* device = config_of(id.value);
  if (device == nullptr) return {};
  for (const config::Binding& binding : device->bindings) {
    if (binding.stage != config::Stage::own) continue;
    const bool wanted = binding.interface.valid() ? expected_own_at(edge_of(id, binding.interface), packet)
                                                  : expected_own(id.value, packet);
    std::string fault = verdict(*device, binding.filter, wanted, packet);
    if (!fault.empty()) return fault;
  }
  return {};
}

std::string Simulator::judge(const Packet& packet) const {
  for (std::uint32_t edge = 0; edge < edges_.size(); ++edge) {
    for (const bool leaving : {false, true}) {
      const auto filter = filter_at(edge, leaving);
      if (!filter) continue;
      std::string fault =
          verdict(*config_of(edges_[edge].device), *filter, expected(edge, leaving, packet), packet);
      if (!fault.empty()) return fault;
    }
  }
  for (const ir::DeviceId id : policy_.devices.ids()) {
    std::string fault = judge_guards(id, packet);
    if (!fault.empty()) return fault;
  }
  return {};
}

void Simulator::extend(Path& path, std::uint32_t in, const std::set<ir::NetworkId>& goals,
                       std::optional<std::uint32_t> self, std::vector<bool>& vertices,
                       std::set<ir::NetworkId>& networks, std::vector<Path>& found) const {
  constexpr std::size_t enough = 400;
  const std::uint32_t vertex = edges_[in].vertex;
  if (vertices[vertex] || self == vertex || found.size() > enough) return;
  vertices[vertex] = true;
  for (const std::uint32_t out : vertex_edges_[vertex]) {
    const ir::NetworkId network = edges_[out].network;
    if (out == in || networks.contains(network)) continue;
    path.push_back({.vertex = vertex, .in = in, .out = out});
    if (goals.contains(network)) {
      found.push_back(path);
    } else if (transit(network)) {
      networks.insert(network);
      for (const std::uint32_t next : network_edges_[network.value]) {
        extend(path, next, goals, self, vertices, networks, found);
      }
      networks.erase(network);
    }
    path.pop_back();
  }
  vertices[vertex] = false;
}

std::vector<Path> Simulator::paths(Address from, Address to) const {
  std::vector<Path> found;
  const ir::NetworkId start = intent_.network_of(from), goal = intent_.network_of(to);
  if (!start.valid() || !goal.valid() || start == goal) return found;
  for (const std::uint32_t in : network_edges_[start.value]) {
    std::vector<bool> vertices(vertex_device_.size());
    std::set<ir::NetworkId> networks{start};
    Path path;
    extend(path, in, {goal}, std::nullopt, vertices, networks, found);
  }
  return found;
}

bool Simulator::passes(std::uint32_t edge, bool leaving, const Packet& packet) const {
  const config::Device* device = config_of(edges_[edge].device);
  if (device == nullptr) return true;
  const config::Stage stage = leaving ? config::Stage::interface_out : config::Stage::interface_in;
  return std::ranges::all_of(device->bindings, [&](const config::Binding& binding) {
    const bool here = binding.stage == stage && binding.interface.value == edges_[edge].interface;
    return !here || admits(*device, binding.filter, packet);
  });
}

// Whether every filter of the path lets the packet through; `remembered` when one of them tracks connections.
bool Simulator::goes_through(const Path& path, const Packet& packet, bool& remembered) const {
  bool through = true;
  for (const Hop& hop : path) {
    through = through && passes(hop.in, false, packet) && passes(hop.out, true, packet);
    const bool filters = filter_at(hop.in, false) || filter_at(hop.out, true);
    remembered = remembered || (filters && is_stateful(hop.in));
  }
  return through;
}

bool Simulator::comes_back(const Path& path, const Packet& reply) const {
  return std::ranges::all_of(path, [&](const Hop& hop) {
    if (config_of(edges_[hop.in].device) == nullptr || is_stateful(hop.in)) return true;
    return passes(hop.out, false, reply) && passes(hop.in, true, reply);
  });
}

std::string Simulator::walk(const Packet& packet) const {
  const Address source{packet.family, packet.source}, target{packet.family, packet.destination};
  if (intent_.is_own(source) || intent_.is_own(target)) return {};
  const bool opens = intent_.opens(packet);
  const std::optional<Packet> reply =
      opens && packet.fragment != packet::Fragment::later ? answer(packet) : std::nullopt;
  for (const Path& path : paths(source, target)) {
    bool remembered = false;
    const bool through = goes_through(path, packet, remembered);
    const bool residue = !remembered && (intent_.replies(packet) || is_error(packet));
    if (through != opens && !(through && residue)) {
      return fmt::format("a path of {} devices {} {}", path.size(), opens ? "loses" : "lets through",
                         packet::to_string(packet));
    }
    if (reply && !comes_back(path, *reply)) {
      return fmt::format("a path of {} devices loses the reply {}", path.size(), packet::to_string(*reply));
    }
  }
  return {};
}

}  // namespace cordon::test
