// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/spans.h"

#include <algorithm>

namespace cordon::prove {
namespace {

// `eth0` of `eth0.1520`.
bool stands_on(const std::string& interface, const std::string& port) {
  return interface == port || interface.starts_with(port + '.');
}

}  // namespace

Spans::Spans(const ir::Policy& policy, const std::function<bool(ir::DeviceId)>& bridges)
    : policy_(&policy), bridges_(&bridges), members_(policy.networks.size()) {
  for (const ir::DeviceId device : policy.devices.ids()) add_links(device);
  for (const ir::DeviceId device : policy.devices.ids()) add_members(device);
  spread();
}

bool Spans::is_routed(ir::DeviceId device, const std::string& port) const {
  return std::ranges::any_of(policy_->devices[device].interfaces,
                             [&](const ir::Interface& interface) { return stands_on(interface.port, port); });
}

std::uint32_t Spans::vertex_of(ir::DeviceId device, const std::string& port) {
  const bool apart = !(*bridges_)(device) || is_routed(device, port);
  const auto [entry, added] = vertices_.try_emplace({device, apart ? port : std::string()}, graph_.vertices);
  if (added) ++graph_.vertices;
  return entry->second;
}

// A link may be said at one end or at both.
void Spans::add_links(ir::DeviceId device) {
  for (const ir::Port& port : policy_->devices[device].ports) {
    if (!port.to) continue;
    const Place here{device, port.name}, there{port.to->device, port.to->port};
    if (link_at_.contains(here) || here == there) continue;
    const std::uint32_t a = vertex_of(here.first, here.second), b = vertex_of(there.first, there.second);
    if (a == b) continue;
    const auto link = static_cast<std::uint32_t>(graph_.edges.size());
    graph_.edges.push_back({a, b});
    ends_.push_back({here, there});
    link_at_[here] = link_at_[there] = link;
  }
}

void Spans::add_members(ir::DeviceId id) {
  const ir::Device& device = policy_->devices[id];
  for (const ir::Port& port : device.ports) {
    if (port.access.valid()) members_[port.access.value].push_back(vertex_of(id, port.name));
  }
  for (const ir::Interface& interface : device.interfaces) add_interface(id, interface);
  for (const ir::Radio& radio : device.radios) {
    for (const ir::NetworkId network : radio.networks)
      members_[network.value].push_back(vertex_of(id, radio.name));
  }
}

void Spans::add_interface(ir::DeviceId id, const ir::Interface& interface) {
  const ir::Device& device = policy_->devices[id];
  for (auto at = link_at_.lower_bound({id, {}}); at != link_at_.end() && at->first.first == id; ++at) {
    if (!stands_on(interface.port, at->first.second)) continue;
    members_[interface.network.value].push_back(vertex_of(id, at->first.second));
    return;
  }
  const bool on_access = std::ranges::any_of(
      device.ports, [&](const ir::Port& port) { return stands_on(interface.port, port.name); });
  if (!on_access && (*bridges_)(id)) members_[interface.network.value].push_back(vertex_of(id, {}));
}

// What lies between the first member and each other one lies between some two, and nothing else does.
void Spans::spread() {
  const Blocks blocks(graph_);
  carried_.resize(graph_.edges.size());
  for (const ir::NetworkId network : policy_->networks.ids()) {
    if (!policy_->networks[network].vlan) continue;
    std::vector<std::uint32_t> between;
    for (const std::uint32_t member : members_[network.value])
      blocks.between(members_[network.value].front(), member, between);
    std::ranges::sort(between);
    between.erase(std::ranges::unique(between).begin(), between.end());
    for (const std::uint32_t block : between) {
      for (const std::uint32_t link : blocks.edges_of(block)) carried_[link].push_back(network);
    }
  }
}

const std::vector<ir::NetworkId>& Spans::carried(ir::DeviceId device, const std::string& port) const {
  static const std::vector<ir::NetworkId> nothing;
  const auto link = link_at_.find({device, port});
  return link == link_at_.end() ? nothing : carried_[link->second];
}

std::optional<ir::LinkEnd> Spans::other_end(ir::DeviceId device, const std::string& port) const {
  const auto link = link_at_.find({device, port});
  if (link == link_at_.end()) return std::nullopt;
  const auto& [first, second] = ends_[link->second];
  const Place& other = first == Place{device, port} ? second : first;
  return ir::LinkEnd{.device = other.first, .port = other.second};
}

}  // namespace cordon::prove
