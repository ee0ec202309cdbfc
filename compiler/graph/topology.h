// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The routed network: which interface may carry packets from here to there.
//
// Vertices are forwarding devices (one for each VRF) and networks, edges are routed interfaces. The
// core is the devices and the transit networks; its blocks answer for every simple path at once, so a
// failover never opens or closes a flow. A network that a zone lists is an end of paths and never the
// middle of one, unless it says `transit: true`.
#ifndef COMPILER_GRAPH_TOPOLOGY_H
#define COMPILER_GRAPH_TOPOLOGY_H

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "compiler/base/id.h"
#include "compiler/graph/block_tree.h"
#include "compiler/graph/routing.h"
#include "compiler/graph/topology_items.h"
#include "compiler/ir/policy.h"

namespace cordon::graph {

using PlaceId = Id<struct PlaceTag>;

// Where packets start or end, as far as paths are concerned. Host networks that are attached to the
// same devices are one place, so that thousands of networks share a few answers.
struct Place {
  std::vector<VertexId> attached;  // ascending
  ir::NetworkId transit;           // the network, when it can be the middle of a path itself
  VertexId self;                   // the device itself, for its own addresses
  std::uint32_t routing = 0;       // see Routing::class_of

  friend auto operator<=>(const Place&, const Place&) = default;
};

class Topology {
 public:
  explicit Topology(const ir::Policy& policy);

  [[nodiscard]] const IdVector<VertexId, Vertex>& vertices() const { return graph_.vertices; }
  [[nodiscard]] const IdVector<AttachmentId, Attachment>& attachments() const { return graph_.attachments; }
  [[nodiscard]] const IdVector<PlaceId, Place>& places() const { return places_; }
  [[nodiscard]] const BlockTree& blocks() const { return blocks_; }

  [[nodiscard]] bool is_transit(ir::NetworkId network) const {
    return core_vertex_[network.value] != BlockTree::none;
  }
  [[nodiscard]] const std::vector<AttachmentId>& attached(ir::NetworkId network) const {
    return graph_.by_network[network.value];
  }
  [[nodiscard]] AttachmentId attachment(ir::DeviceId device, std::size_t interface) const {
    return AttachmentId{device_starts_[device.value] + static_cast<std::uint32_t>(interface)};
  }
  [[nodiscard]] std::span<const VertexId> vertices_of(ir::DeviceId device) const;

  [[nodiscard]] PlaceId place(ir::NetworkId network) const { return network_places_[network.value]; }
  [[nodiscard]] PlaceId place(VertexId self) const { return vertex_places_[self.value]; }

  // Core attachments whose edge is in the block.
  [[nodiscard]] std::span<const std::uint32_t> attachments_in(std::uint32_t block) const {
    return blocks_.edges(block);
  }
  [[nodiscard]] AttachmentId core_edge(std::uint32_t edge) const { return core_edges_[edge]; }
  [[nodiscard]] std::uint32_t component(VertexId vertex) const { return blocks_.component(vertex.value); }

  // The block lies between some device of one place and some device of the other.
  [[nodiscard]] bool between(std::uint32_t block, const Place& from, const Place& to) const;
  // Some device of the place can reach the device.
  [[nodiscard]] bool reaches(VertexId vertex, const Place& place) const;
  [[nodiscard]] bool connected(const Place& from, const Place& to) const;

  // Packets find a way from one place to the other, as far as devices state their routing.
  [[nodiscard]] bool leads(PlaceId from, PlaceId to, ir::Family family) const;

  // What devices state about their routing; nothing: every simple path counts.
  [[nodiscard]] bool states_routes() const { return routing_.any(); }
  [[nodiscard]] bool states_routes(VertexId vertex) const { return routing_.states(vertex); }
  [[nodiscard]] const Routing::Ways* stated_ways(VertexId vertex, PlaceId to, ir::Family family) const;

 private:
  void add_vertices(const ir::Policy& policy);
  void find_blocks(const ir::Policy& policy);
  void find_places(const ir::Policy& policy);
  PlaceId intern(Place place, ir::NetworkId sample);

  RoutedGraph graph_;
  std::vector<std::uint32_t> device_starts_;
  std::vector<std::uint32_t> vertex_starts_;
  std::vector<VertexId> vertex_list_;
  std::vector<std::uint32_t> core_vertex_;  // of each network; none: a host network
  std::vector<AttachmentId> core_edges_;    // the attachment of each edge of the core
  BlockTree blocks_;                        // vertices: devices first, then transit networks

  Routing routing_;
  IdVector<PlaceId, Place> places_;
  IdVector<PlaceId, ir::NetworkId> samples_;  // a network of each place
  std::map<Place, PlaceId> place_ids_;
  std::vector<PlaceId> network_places_;
  std::vector<PlaceId> vertex_places_;
};

}  // namespace cordon::graph

#endif  // COMPILER_GRAPH_TOPOLOGY_H
