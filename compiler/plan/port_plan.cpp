// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/plan/port_plan.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "compiler/diagnostics/kinds/plan.h"

namespace cordon::plan {
namespace {

namespace kind = diagnostics::kind;
using graph::CableId;
using graph::SegmentId;

constexpr std::uint32_t most_ports_in_slot = 1024;

config::PortAuthentication authentication_of(ir::PortAuthentication authentication) {
  switch (authentication) {
    case ir::PortAuthentication::none:
      return config::PortAuthentication::none;
    case ir::PortAuthentication::dot1x:
      return config::PortAuthentication::dot1x;
    case ir::PortAuthentication::mab:
      return config::PortAuthentication::mab;
    case ir::PortAuthentication::dot1x_mab:
      return config::PortAuthentication::dot1x_mab;
  }
  return config::PortAuthentication::none;
}

// `GigabitEthernet1/0/12` as `GigabitEthernet1/0/` and 12. Nothing where a name does not end that way: other
// names do not say that their number counts the ports of a slot.
std::optional<std::pair<std::string_view, std::uint32_t>> in_slot(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const char* const end = name.data() + name.size();
  std::uint32_t number = 0;
  const auto [stop, error] = std::from_chars(name.data() + slash + 1, end, number);
  if (error != std::errc() || stop != end || number > most_ports_in_slot) return std::nullopt;
  return std::pair(name.substr(0, slash + 1), number);
}

// What stands at the other end of a link.
struct Peer {
  graph::CableEnd here, there;
  const std::vector<ir::NetworkId>* networks = nullptr;  // that the link carries
  std::optional<ir::NetworkId> untagged;                 // the routed port's own network
  const ir::Device* device = nullptr;                    // that bridges there and is configured from here
  const ir::Port* port = nullptr;                        // its end of the link
};

class PortPlan {
 public:
  PortPlan(const SharedLayer2& shared, ir::DeviceId id)
      : shared_(shared), id_(id), source_(shared.policy.devices[id]) {}

  void check_untagged(diagnostics::Diagnostics& diagnostics) const {
    for (const ir::Port& port : source_.ports) {
      const std::optional<Peer> peer = peer_of(port);
      if (!peer) continue;
      if (peer->untagged && port.native_vlan) check_untagged(port, *peer->untagged, diagnostics);
      if (peer->port != nullptr) check_untagged(port, *peer, diagnostics);
    }
  }

  void plan(SetTable& sets, config::Device& config) {
    for (const ir::Port& port : source_.ports) {
      if (shared_.layer2.is_routed_port(id_, port.name)) continue;  // its interface says it all
      config::Port planned = plan(port);
      planned.origin = sets.origin({.label = "port " + port.name, .note = {}, .range = port.range});
      config.ports.push_back(std::move(planned));
    }
    if (source_.shut_unused) add_unnamed(sets, config);
    config.switching = !config.ports.empty();
    if (!config.switching) return;
    add_interfaces(config);
    for (const auto& [id, network] : vlans_) {
      const ir::Network& source = shared_.policy.networks[network];
      config.vlans.push_back(
          {.id = id,
           .name = source.name,
           .dhcp_snooping = source.dhcp && source.dhcp->snooping,
           .arp_inspection = source.dhcp && source.dhcp->arp_inspection,
           .isolated_vlan = isolated(network),
           .origin =
               sets.origin({.label = "network " + source.name, .note = {}, .range = source.name_range})});
    }
  }

 private:
  // The secondary VLAN of a network that is isolated by a private VLAN.
  [[nodiscard]] std::optional<std::uint16_t> isolated(ir::NetworkId id) const {
    return shared_.isolation[id.value] == config::Isolation::private_vlan
               ? shared_.policy.networks[id].isolated_vlan
               : std::nullopt;
  }

  [[nodiscard]] std::optional<Peer> peer_of(const ir::Port& port) const {
    const CableId cable = shared_.layer2.cable_at(id_, port.name);
    if (!cable.valid()) return std::nullopt;
    const graph::Cable& link = shared_.layer2.cables()[cable];
    const bool first = shared_.layer2.segments()[link.a.segment].device == id_ && link.a.port == port.name;
    Peer peer{.here = first ? link.a : link.b,
              .there = first ? link.b : link.a,
              .networks = &shared_.on_cable[cable.value],
              .untagged = {}};
    const graph::Segment& other = shared_.layer2.segments()[peer.there.segment];
    if (other.bridges()) {
      find_port(peer, shared_.policy.devices[other.device]);
      return peer;
    }
    for (const ir::Interface& interface : shared_.policy.devices[other.device].interfaces) {
      if (interface.port == other.port) peer.untagged = interface.network;
    }
    return peer;
  }

  static void find_port(Peer& peer, const ir::Device& device) {
    const auto port = std::ranges::find(device.ports, peer.there.port, &ir::Port::name);
    if (!device.configured() || port == device.ports.end()) return;
    peer.device = &device;
    peer.port = &*port;
  }

  // The routed port at the other end speaks untagged for one network, and the port is told another.
  void check_untagged(const ir::Port& port, ir::NetworkId untagged,
                      diagnostics::Diagnostics& diagnostics) const {
    const ir::Network& network = shared_.policy.networks[untagged];
    if (!network.vlan || *network.vlan == *port.native_vlan) return;
    diagnostics.build(kind::untagged_clash, port.range, port.name, *port.native_vlan, *network.vlan)
        .label(network.name_range, "the other end has this network untagged")
        .help("leave `native-vlan:` out, or give the other end a subinterface for the network")
        .emit();
  }

  // Two switches, each told something else; said at the one that is declared first.
  void check_untagged(const ir::Port& port, const Peer& peer, diagnostics::Diagnostics& diagnostics) const {
    if (port.native_vlan.has_value() != peer.port->native_vlan.has_value()) return;
    const auto here = port.native_vlan ? port.native_vlan : source_.parking_vlan;
    const auto there = port.native_vlan ? peer.port->native_vlan : peer.device->parking_vlan;
    const bool first = id_ < shared_.layer2.segments()[peer.there.segment].device;
    if (!first || !here || !there || *here == *there) return;
    diagnostics.build(kind::untagged_clash, port.range, port.name, *here, *there)
        .label(peer.port->range, "the other end has VLAN {} untagged", *there)
        .help("give both ends the same `native-vlan:`, or both devices the same `parking-vlan:`")
        .emit();
  }

  // What either end says counts for both; where neither does, untagged frames are parked.
  [[nodiscard]] std::optional<std::uint16_t> native_of(const ir::Port& port, const Peer& peer) const {
    if (peer.untagged) return shared_.policy.networks[*peer.untagged].vlan;
    if (port.native_vlan) return port.native_vlan;
    if (peer.port != nullptr && peer.port->native_vlan) return peer.port->native_vlan;
    if (source_.parking_vlan || peer.device == nullptr) return source_.parking_vlan;
    return peer.device->parking_vlan;
  }

  config::Port plan(const ir::Port& port) {
    config::Port planned;
    planned.name = port.name;
    planned.range = port.range;
    if (port.access.valid()) {
      access(port.access, planned);
    } else if (const std::optional<Peer> peer = peer_of(port); peer && !port.shutdown) {
      link(port, *peer, planned);
    } else {
      shut(planned);
    }
    return planned;
  }

  void shut(config::Port& planned) const {
    planned.mode = config::PortMode::unused;
    planned.description = "unused";
    planned.access_vlan = source_.parking_vlan;
  }

  // How many ports a slot has, the policy does not know; that the ports below a named one exist, it may
  // assume.
  void add_unnamed(SetTable& sets, config::Device& config) const {
    std::map<std::string_view, std::uint32_t> last;
    std::set<std::string_view> named;
    for (const ir::Port& port : source_.ports) {
      named.insert(port.name);
      if (const auto place = in_slot(port.name))
        last[place->first] = std::max(last[place->first], place->second);
    }
    for (const ir::Interface& interface : source_.interfaces) {
      named.insert(std::string_view(interface.port).substr(0, interface.port.find('.')));
    }
    const config::OriginId origin =
        sets.origin({.label = "unused ports", .note = {}, .range = source_.name_range});
    for (const auto& [slot, highest] : last) {
      for (std::uint32_t number = 1; number < highest; ++number) {
        config::Port planned;
        planned.name = std::string(slot) + std::to_string(number);
        if (named.contains(planned.name)) continue;
        planned.range = source_.name_range;
        planned.origin = origin;
        shut(planned);
        config.ports.push_back(std::move(planned));
      }
    }
  }

  void access(ir::NetworkId id, config::Port& planned) {
    const ir::Network& network = shared_.policy.networks[id];
    planned.mode = config::PortMode::access;
    planned.description = network.name;
    planned.access_vlan = network.vlan;
    planned.isolation = shared_.isolation[id.value];
    planned.isolated_vlan = isolated(id);
    planned.authentication = authentication_of(network.port_authentication);
    planned.source_guard = network.dhcp && network.dhcp->source_guard;
    vlans_.emplace(*network.vlan, id);
  }

  void link(const ir::Port& port, const Peer& peer, config::Port& planned) {
    const graph::Segment& other = shared_.layer2.segments()[peer.there.segment];
    planned.description = fmt::format("{} {}", shared_.policy.devices[other.device].name, peer.there.port);
    planned.dhcp_trust = trusted(port, peer);
    const bool untagged_only =
        peer.untagged && peer.networks->size() == 1 && peer.networks->front() == *peer.untagged;
    if (untagged_only && !isolated(*peer.untagged)) {
      const ir::Network& network = shared_.policy.networks[*peer.untagged];
      planned.mode = config::PortMode::access;
      planned.access_vlan = network.vlan;
      vlans_.emplace(*network.vlan, *peer.untagged);
      return;
    }
    planned.mode = config::PortMode::trunk;
    planned.native_vlan = native_of(port, peer);
    for (const ir::NetworkId id : *peer.networks) {
      const std::uint16_t vlan = *shared_.policy.networks[id].vlan;
      vlans_.emplace(vlan, id);
      planned.trunk_vlans.push_back(vlan);
      const std::optional<std::uint16_t> secondary = isolated(id);
      if (!secondary) continue;
      if (other.bridges()) {
        planned.trunk_vlans.push_back(*secondary);
      } else {
        planned.promiscuous.emplace_back(vlan, *secondary);
      }
    }
    std::ranges::sort(planned.trunk_vlans);
  }

  // Answers of DHCP servers come from the side where a gateway of the network stands.
  [[nodiscard]] bool trusted(const ir::Port& port, const Peer& peer) const {
    const CableId cable = shared_.layer2.cable_at(id_, port.name);
    return std::ranges::any_of(*peer.networks, [&](ir::NetworkId id) {
      const ir::Network& network = shared_.policy.networks[id];
      if (!network.dhcp || (!network.dhcp->snooping && !network.dhcp->arp_inspection)) return false;
      return std::ranges::any_of(shared_.layer2.span(id).members, [&](const graph::Member& member) {
        return member.kind == graph::MemberKind::routed &&
               shared_.layer2.leads_to(cable, peer.here.segment, member.segment);
      });
    });
  }

  void add_interfaces(config::Device& config) {
    for (const config::InterfaceId id : config.interfaces.ids()) {
      config::Interface& interface = config.interfaces[id];
      const ir::NetworkId network = source_.interfaces[id.value].network;
      const graph::Span& span = shared_.layer2.span(network);
      const bool logical = std::ranges::any_of(span.members, [&](const graph::Member& member) {
        const graph::Segment& segment = shared_.layer2.segments()[member.segment];
        return member.kind == graph::MemberKind::routed && segment.bridges() && segment.device == id_ &&
               member.index == id.value;
      });
      if (!logical || !interface.vlan) continue;
      vlans_.emplace(*interface.vlan, network);
      interface.private_vlan = isolated(network);
    }
  }

  const SharedLayer2& shared_;
  ir::DeviceId id_;
  const ir::Device& source_;
  std::map<std::uint16_t, ir::NetworkId> vlans_;
};

}  // namespace

std::vector<std::vector<ir::NetworkId>> networks_on_cables(const ir::Policy& policy,
                                                           const graph::Layer2& layer2) {
  std::vector<std::vector<ir::NetworkId>> found(layer2.cables().size());
  for (const ir::NetworkId id : policy.networks.ids()) {
    if (!policy.networks[id].vlan) continue;
    for (const CableId cable : layer2.span(id).cables) found[cable.value].push_back(id);
  }
  for (std::vector<ir::NetworkId>& networks : found) {
    std::ranges::sort(networks, {}, [&](ir::NetworkId id) { return *policy.networks[id].vlan; });
  }
  return found;
}

void check_untagged(const SharedLayer2& shared, ir::DeviceId device, diagnostics::Diagnostics& diagnostics) {
  PortPlan(shared, device).check_untagged(diagnostics);
}

void plan_ports(const SharedLayer2& shared, ir::DeviceId device, SetTable& sets, config::Device& config) {
  PortPlan(shared, device).plan(sets, config);
}

}  // namespace cordon::plan
