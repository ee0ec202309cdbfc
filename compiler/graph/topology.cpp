// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/topology.h"

#include <algorithm>

namespace cordon::graph {
namespace {

// A network in no zone is a way between others; `any` stands for the world outside and never is.
bool may_be_middle(const ir::Network& network) {
  return network.transit || (!network.zone.valid() && !network.any_ipv4 && !network.any_ipv6);
}

}  // namespace

Topology::Topology(const ir::Policy& policy) {
  add_vertices(policy);
  find_blocks(policy);
  routing_ = Routing(policy, graph_);
  find_places(policy);
}

void Topology::add_vertices(const ir::Policy& policy) {
  graph_.by_network.resize(policy.networks.size());
  for (const ir::DeviceId id : policy.devices.ids()) {
    device_starts_.push_back(static_cast<std::uint32_t>(graph_.attachments.size()));
    vertex_starts_.push_back(static_cast<std::uint32_t>(vertex_list_.size()));
    const auto first = vertex_list_.size();
    const std::vector<ir::Interface>& interfaces = policy.devices[id].interfaces;
    for (std::uint32_t i = 0; i < interfaces.size(); ++i) {
      auto known = std::find_if(vertex_list_.begin() + static_cast<std::ptrdiff_t>(first), vertex_list_.end(),
                                [&](VertexId v) { return graph_.vertices[v].vrf == interfaces[i].vrf; });
      const VertexId vertex =
          known != vertex_list_.end()
              ? *known
              : graph_.vertices.push_back({.device = id, .vrf = interfaces[i].vrf, .attachments = {}});
      if (known == vertex_list_.end()) vertex_list_.push_back(vertex);
      const AttachmentId attachment =
          graph_.attachments.push_back({.vertex = vertex, .network = interfaces[i].network, .interface = i});
      graph_.vertices[vertex].attachments.push_back(attachment);
      graph_.by_network[interfaces[i].network.value].push_back(attachment);
    }
  }
  vertex_starts_.push_back(static_cast<std::uint32_t>(vertex_list_.size()));
}

std::span<const VertexId> Topology::vertices_of(ir::DeviceId device) const {
  const std::uint32_t first = vertex_starts_[device.value];
  return std::span(vertex_list_).subspan(first, vertex_starts_[device.value + 1] - first);
}

void Topology::find_blocks(const ir::Policy& policy) {
  auto count = static_cast<std::uint32_t>(graph_.vertices.size());
  core_vertex_.assign(policy.networks.size(), BlockTree::none);
  for (const ir::NetworkId id : policy.networks.ids()) {
    if (may_be_middle(policy.networks[id])) core_vertex_[id.value] = count++;
  }
  std::vector<BlockTree::Edge> edges;
  for (const AttachmentId id : graph_.attachments.ids()) {
    Attachment& attachment = graph_.attachments[id];
    attachment.core = is_transit(attachment.network);
    if (!attachment.core) continue;
    edges.push_back({attachment.vertex.value, core_vertex_[attachment.network.value]});
    core_edges_.push_back(id);
  }
  blocks_ = BlockTree(count, edges);
  for (std::uint32_t i = 0; i < core_edges_.size(); ++i) {
    graph_.attachments[core_edges_[i]].block = blocks_.block_of(i);
  }
}

PlaceId Topology::intern(Place place, ir::NetworkId sample) {
  const auto [entry, added] = place_ids_.try_emplace(place, PlaceId{});
  if (added) {
    entry->second = places_.push_back(std::move(place));
    samples_.push_back(sample);
  }
  return entry->second;
}

void Topology::find_places(const ir::Policy& policy) {
  for (const ir::NetworkId id : policy.networks.ids()) {
    Place place;
    for (const AttachmentId attachment : graph_.by_network[id.value]) {
      place.attached.push_back(graph_.attachments[attachment].vertex);
    }
    std::ranges::sort(place.attached);
    place.attached.erase(std::ranges::unique(place.attached).begin(), place.attached.end());
    if (is_transit(id)) place.transit = id;
    place.routing = routing_.class_of(id);
    network_places_.push_back(intern(std::move(place), id));
  }
  for (const VertexId id : graph_.vertices.ids()) {
    vertex_places_.push_back(intern({.attached = {id}, .transit = {}, .self = id}, {}));
  }
}

bool Topology::between(std::uint32_t block, const Place& from, const Place& to) const {
  const std::uint32_t component = blocks_.block_component(block);
  std::uint32_t from_gate = BlockTree::none;
  bool from_several = false;
  for (const VertexId vertex : from.attached) {
    if (this->component(vertex) != component) continue;
    const std::uint32_t gate = blocks_.gate(block, vertex.value);
    from_several = from_several || (from_gate != BlockTree::none && gate != from_gate);
    from_gate = gate;
  }
  if (from_gate == BlockTree::none) return false;
  return std::ranges::any_of(to.attached, [&](VertexId vertex) {
    return this->component(vertex) == component &&
           (from_several || blocks_.gate(block, vertex.value) != from_gate);
  });
}

// Paths that end in a device itself, for one of its own addresses, are not narrowed.
const Routing::Ways* Topology::stated_ways(VertexId vertex, PlaceId to, ir::Family family) const {
  if (!routing_.states(vertex) || !samples_[to].valid()) return nullptr;
  return routing_.ways(vertex, samples_[to], family);
}

bool Topology::reaches(VertexId vertex, const Place& place) const {
  return std::ranges::any_of(place.attached,
                             [&](VertexId other) { return component(other) == component(vertex); });
}

bool Topology::leads(PlaceId from, PlaceId to, ir::Family family) const {
  const Place& source = places_[from];
  const Place& target = places_[to];
  if (!states_routes()) return connected(source, target);
  std::vector<bool> seen(vertices().size());
  std::vector<VertexId> work = source.attached;
  for (const VertexId vertex : work) seen[vertex.value] = true;
  while (!work.empty()) {
    const VertexId vertex = work.back();
    work.pop_back();
    if (std::ranges::binary_search(target.attached, vertex)) return true;
    const Routing::Ways* stated = stated_ways(vertex, to, family);
    for (const AttachmentId out : stated != nullptr ? *stated : vertices()[vertex].attachments) {
      if (!attachments()[out].core) continue;
      for (const AttachmentId in : attached(attachments()[out].network)) {
        const VertexId next = attachments()[in].vertex;
        if (!seen[next.value]) work.push_back(next);
        seen[next.value] = true;
      }
    }
  }
  return false;
}

bool Topology::connected(const Place& from, const Place& to) const {
  return std::ranges::any_of(from.attached, [&](VertexId vertex) { return reaches(vertex, to); });
}

}  // namespace cordon::graph
