// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Who forwards, as the policy tells it: a vertex for each device and VRF, an edge for each routed interface.
// Blocks are those of the core: vertices and the networks that packets may pass through.
#ifndef COMPILER_PROVE_FORWARDING_H
#define COMPILER_PROVE_FORWARDING_H

#include <cstdint>
#include <vector>

#include "compiler/ir/policy.h"
#include "compiler/prove/blocks.h"

namespace cordon::prove {

using VertexId = Id<struct ForwardingVertexTag>;
using EdgeId = Id<struct ForwardingEdgeTag>;

struct Edge {
  VertexId vertex;
  ir::NetworkId network;
  ir::DeviceId device;
  std::uint32_t interface = 0;         // of the device, in declared order
  std::uint32_t block = Blocks::none;  // on networks that packets pass through only
};

struct Vertex {
  ir::DeviceId device;
  std::vector<EdgeId> edges;
  ir::Addresses own;       // its interfaces' addresses
  ir::Addresses answered;  // these, and the ones that it shares with others
};

class Forwarding {
 public:
  explicit Forwarding(const ir::Policy& policy);

  [[nodiscard]] const ir::Policy& policy() const { return *policy_; }
  [[nodiscard]] const IdVector<EdgeId, Edge>& edges() const { return edges_; }
  [[nodiscard]] const IdVector<VertexId, Vertex>& vertices() const { return vertices_; }
  [[nodiscard]] const std::vector<EdgeId>& edges_at(ir::NetworkId network) const {
    return edges_at_[network.value];
  }
  [[nodiscard]] EdgeId edge_of(ir::DeviceId device, std::uint32_t interface) const {
    return EdgeId{first_edge_[device.value] + interface};
  }
  [[nodiscard]] const ir::Interface& interface_of(EdgeId edge) const {
    return policy_->devices[edges_[edge].device].interfaces[edges_[edge].interface];
  }

  // May be the middle of a path.
  [[nodiscard]] bool passes_through(ir::NetworkId network) const;
  // Only hosts behind it; nothing is known of what is behind a network that is `any` in the family.
  [[nodiscard]] bool is_leaf(EdgeId edge, packet::Family family) const;

  [[nodiscard]] std::size_t block_count() const { return block_edges_.size(); }
  [[nodiscard]] const std::vector<EdgeId>& edges_of_block(std::uint32_t block) const {
    return block_edges_[block];
  }
  void blocks_between(VertexId a, VertexId b, std::vector<std::uint32_t>& found) const {
    blocks_.between(a.value, b.value, found);
  }

 private:
  void add_device(ir::DeviceId device);
  static void add_own_addresses(Vertex& vertex, const ir::Interface& interface);
  [[nodiscard]] Graph core();

  const ir::Policy* policy_;
  IdVector<EdgeId, Edge> edges_;
  IdVector<VertexId, Vertex> vertices_;
  std::vector<std::vector<EdgeId>> edges_at_;
  std::vector<std::uint32_t> first_edge_;
  std::vector<EdgeId> core_edges_;
  std::vector<std::vector<EdgeId>> block_edges_;
  Blocks blocks_;
};

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_FORWARDING_H
