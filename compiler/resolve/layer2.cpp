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

void Resolver::check_vlans() {
  Domains domains;
  const auto piece_of = [&](ir::DeviceId device, std::string_view port,
                            const std::set<std::string_view>& routed) {
    return routed.contains(port) ? domains.piece(device, port) : domains.piece(device, "");
  };
  std::vector<std::set<std::string_view>> routed;
  for (const ir::Device& device : policy_.devices) routed.push_back(routed_ports(device));
  for (const ir::DeviceId id : policy_.devices.ids()) {
    for (const ir::Port& port : policy_.devices[id].ports) {
      if (!port.to) continue;
      domains.join(piece_of(id, port.name, routed[id.value]),
                   piece_of(port.to->device, port.to->port, routed[port.to->device.value]));
    }
  }
  struct Use {
    std::uint32_t domain;
    std::uint16_t vlan;
    ir::NetworkId network;
    auto operator<=>(const Use&) const = default;
  };
  std::vector<Use> uses;
  const auto use = [&](std::uint32_t piece, ir::NetworkId network) {
    if (!network.valid()) return;
    const ir::Network& net = policy_.networks[network];
    if (net.vlan) uses.push_back({domains.find(piece), *net.vlan, network});
    if (net.isolated_vlan) uses.push_back({domains.find(piece), *net.isolated_vlan, network});
  };
  for (const ir::DeviceId id : policy_.devices.ids()) {
    const ir::Device& device = policy_.devices[id];
    const bool bridges = std::ranges::any_of(
        device.ports, [&](const ir::Port& port) { return !routed[id.value].contains(port.name); });
    for (const ir::Port& port : device.ports) use(piece_of(id, port.name, routed[id.value]), port.access);
    for (const ir::Radio& radio : device.radios) {
      for (const ir::NetworkId network : radio.networks) use(domains.piece(id, ""), network);
    }
    for (const ir::Interface& interface : device.interfaces) {
      const std::string_view parent = parent_port(interface.port);
      const bool subinterface = parent.size() != interface.port.size();
      const bool own_port = std::ranges::find(device.ports, parent, &ir::Port::name) != device.ports.end();
      use(subinterface || own_port || !bridges ? domains.piece(id, parent) : domains.piece(id, ""),
          interface.network);
    }
  }
  std::ranges::sort(uses);
  uses.erase(std::unique(uses.begin(), uses.end()), uses.end());
  std::set<std::pair<ir::NetworkId, ir::NetworkId>> reported;
  for (std::size_t index = 1; index < uses.size(); ++index) {
    const Use& first = uses[index - 1];
    const Use& second = uses[index];
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
