// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/forwarding.h"

#include <map>
#include <string>

namespace cordon::prove {
namespace {

void add(ir::Addresses& set, const std::optional<packet::Address>& address) {
  if (address) set.of(address->family) = unite(set.of(address->family), packet::AddressSet(*address));
}

}  // namespace

Forwarding::Forwarding(const ir::Policy& policy)
    : policy_(&policy), edges_at_(policy.networks.size()), blocks_(Graph{}) {
  for (const ir::DeviceId device : policy.devices.ids()) add_device(device);
  blocks_ = Blocks(core());
  block_edges_.resize(blocks_.count());
  for (std::uint32_t i = 0; i < core_edges_.size(); ++i) {
    edges_[core_edges_[i]].block = blocks_.of_edge(i);
    block_edges_[blocks_.of_edge(i)].push_back(core_edges_[i]);
  }
}

void Forwarding::add_device(ir::DeviceId device) {
  first_edge_.push_back(static_cast<std::uint32_t>(edges_.size()));
  std::map<std::string, VertexId> vrfs;
  const std::vector<ir::Interface>& interfaces = policy_->devices[device].interfaces;
  for (std::uint32_t i = 0; i < interfaces.size(); ++i) {
    const auto [entry, added] = vrfs.try_emplace(interfaces[i].vrf);
    if (added)
      entry->second = vertices_.push_back({.device = device, .edges = {}, .own = {}, .answered = {}});
    const EdgeId edge = edges_.push_back({.vertex = entry->second,
                                          .network = interfaces[i].network,
                                          .device = device,
                                          .interface = i,
                                          .block = Blocks::none});
    vertices_[entry->second].edges.push_back(edge);
    edges_at_[interfaces[i].network.value].push_back(edge);
    add_own_addresses(vertices_[entry->second], interfaces[i]);
  }
}

void Forwarding::add_own_addresses(Vertex& vertex, const ir::Interface& interface) {
  for (const auto& address : {interface.ipv4, interface.ipv6}) {
    add(vertex.own, address);
    add(vertex.answered, address);
  }
  if (!interface.redundancy) return;
  add(vertex.answered, interface.redundancy->ipv4);
  add(vertex.answered, interface.redundancy->ipv6);
}

Graph Forwarding::core() {
  Graph graph{.vertices = static_cast<std::uint32_t>(vertices_.size() + policy_->networks.size()),
              .edges = {}};
  for (const EdgeId edge : edges_.ids()) {
    if (!passes_through(edges_[edge].network)) continue;
    core_edges_.push_back(edge);
    graph.edges.push_back({edges_[edge].vertex.value,
                           static_cast<std::uint32_t>(vertices_.size()) + edges_[edge].network.value});
  }
  return graph;
}

bool Forwarding::passes_through(ir::NetworkId network) const {
  const ir::Network& item = policy_->networks[network];
  return item.transit || (!item.zone.valid() && !item.any_ipv4 && !item.any_ipv6);
}

bool Forwarding::is_leaf(EdgeId edge, packet::Family family) const {
  const ir::NetworkId network = edges_[edge].network;
  return !passes_through(network) && !policy_->networks[network].any(family);
}

}  // namespace cordon::prove
