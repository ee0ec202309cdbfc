// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Links and VLANs: link ends that exist and agree, a VLAN id once in a layer-2 domain.
//
// A domain is what links join. The ports of a switch are one piece of it; a routed port, with its
// subinterfaces, is a piece of its own, since the device routes between such ports and does not bridge.
#include <algorithm>
#include <numeric>
#include <set>

#include "compiler/resolve/resolver.h"

namespace cordon::resolve {
namespace {

// The port that carries a subinterface: `eth0` of `eth0.1520`. The port itself when there is no dot.
std::string_view parent_port(std::string_view port) { return port.substr(0, port.rfind('.')); }

class Domains {
 public:
  std::uint32_t piece(ir::DeviceId device, std::string_view port) {
    const auto [found, fresh] =
        ids_.try_emplace({device, std::string(port)}, static_cast<std::uint32_t>(parents_.size()));
    if (fresh) parents_.push_back(found->second);
    return found->second;
  }
  std::uint32_t find(std::uint32_t piece) {
    while (parents_[piece] != piece) piece = parents_[piece] = parents_[parents_[piece]];
    return piece;
  }
  void join(std::uint32_t a, std::uint32_t b) { parents_[find(a)] = find(b); }

 private:
  std::map<std::pair<ir::DeviceId, std::string>, std::uint32_t> ids_;
  std::vector<std::uint32_t> parents_;
};

// The ports that routed interfaces sit on, by themselves or by subinterfaces.
std::set<std::string_view> routed_ports(const ir::Device& device) {
  std::set<std::string_view> ports;
  for (const ir::Interface& interface : device.interfaces) ports.insert(parent_port(interface.port));
  return ports;
}

}  // namespace

void Resolver::check_links() {
  for (const ir::DeviceId id : policy_.devices.ids()) {
    for (const ir::Port& port : policy_.devices[id].ports) {
      if (!port.to) continue;
      const ir::Device& peer = policy_.devices[port.to->device];
      const auto other = std::ranges::find(peer.ports, port.to->port, &ir::Port::name);
      if (other == peer.ports.end()) {
        if (routed_ports(peer).contains(port.to->port)) continue;
        diagnostics_.build(kind::link_end, port.range, fmt::format("{}/{}", peer.name, port.to->port))
            .label(peer.name_range, "it has no port `{}`", port.to->port)
            .help("declare the other end under `ports:` of `{}`", peer.name)
            .emit();
      } else if (!other->to || other->to->device != id || other->to->port != port.name) {
        if (other->to && other->to->device == id && other->to->port == port.name) continue;
        diagnostics_.build(kind::link_not_mutual, port.range, fmt::format("{}/{}", peer.name, port.to->port))
            .label(other->range, "the other end says otherwise")
            .help("write `to: {}/{}` there", policy_.devices[id].name, port.name)
            .emit();
      }
    }
  }
}

namespace {

// A network that uses a VLAN id somewhere in a layer-2 domain.
struct VlanUse {
  std::uint32_t domain;
  std::uint16_t vlan;
  ir::NetworkId network;
  auto operator<=>(const VlanUse&) const = default;
};

// Walks over ports, radios and interfaces, after the links have joined their domains.
class VlanUses {
 public:
  explicit VlanUses(const ir::Policy& policy) : policy_(policy) {
    for (const ir::Device& device : policy.devices) routed_.push_back(routed_ports(device));
    join_links();
  }

  std::vector<VlanUse> collect() {
    for (const ir::DeviceId id : policy_.devices.ids()) {
      const ir::Device& device = policy_.devices[id];
      for (const ir::Port& port : device.ports) use(piece_of(id, port.name), port.access);
      for (const ir::Radio& radio : device.radios) {
        for (const ir::NetworkId network : radio.networks) use(domains_.piece(id, ""), network);
      }
      collect_interfaces(id);
    }
    return std::move(uses_);
  }

 private:
  std::uint32_t piece_of(ir::DeviceId device, std::string_view port) {
    return routed_[device.value].contains(port) ? domains_.piece(device, port) : domains_.piece(device, "");
  }

  void join_links() {
    for (const ir::DeviceId id : policy_.devices.ids()) {
      for (const ir::Port& port : policy_.devices[id].ports) {
        if (port.to) domains_.join(piece_of(id, port.name), piece_of(port.to->device, port.to->port));
      }
    }
  }

  void collect_interfaces(ir::DeviceId id) {
    const ir::Device& device = policy_.devices[id];
    const bool bridges = std::ranges::any_of(
        device.ports, [&](const ir::Port& port) { return !routed_[id.value].contains(port.name); });
    for (const ir::Interface& interface : device.interfaces) {
      const std::string_view parent = parent_port(interface.port);
      const bool subinterface = parent.size() != interface.port.size();
      const bool own_port = std::ranges::find(device.ports, parent, &ir::Port::name) != device.ports.end();
      use(subinterface || own_port || !bridges ? domains_.piece(id, parent) : domains_.piece(id, ""),
          interface.network);
    }
  }

  void use(std::uint32_t piece, ir::NetworkId id) {
    if (!id.valid()) return;
    const ir::Network& network = policy_.networks[id];
    if (network.vlan) uses_.push_back({domains_.find(piece), *network.vlan, id});
    if (network.isolated_vlan) uses_.push_back({domains_.find(piece), *network.isolated_vlan, id});
  }

  const ir::Policy& policy_;
  Domains domains_;
  std::vector<std::set<std::string_view>> routed_;
  std::vector<VlanUse> uses_;
};

}  // namespace

void Resolver::check_vlans() {
  std::vector<VlanUse> uses = VlanUses(policy_).collect();
  std::ranges::sort(uses);
  uses.erase(std::unique(uses.begin(), uses.end()), uses.end());
  std::set<std::pair<ir::NetworkId, ir::NetworkId>> reported;
  for (std::size_t index = 1; index < uses.size(); ++index) {
    const VlanUse& first = uses[index - 1];
    const VlanUse& second = uses[index];
    if (first.domain != second.domain || first.vlan != second.vlan) continue;
    if (!reported.insert({first.network, second.network}).second) continue;
    const ir::Network& a = policy_.networks[first.network];
    const ir::Network& b = policy_.networks[second.network];
    diagnostics_.build(kind::vlan_clash, b.vlan_range, second.vlan, b.name, a.name)
        .label(a.vlan_range, "network `{}` uses it too", a.name)
        .help(
            "links join both into one layer-2 domain, where their hosts would share a segment; use another "
            "id")
        .emit();
  }
}

}  // namespace cordon::resolve
