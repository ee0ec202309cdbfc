// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Stated routing: where a device says by which interfaces it sends packets on.
//
// Without a statement every simple path counts. `routing: shortest` leaves the interfaces on least-cost
// paths (a cost belongs to sending; one where none is stated); a static route leaves the interface of
// its next hop, for the networks it covers, and wins over costs. Directly attached networks are not
// narrowed. Everything speaks of whole networks: routes to parts of one count together, and when they
// leave a part uncovered, the network is not narrowed.
#ifndef COMPILER_GRAPH_ROUTING_H
#define COMPILER_GRAPH_ROUTING_H

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "compiler/graph/topology_items.h"
#include "compiler/ir/policy.h"

namespace cordon::graph {

class Routing {
 public:
  using Ways = std::vector<AttachmentId>;  // ascending

  Routing() = default;
  Routing(const ir::Policy& policy, const RoutedGraph& graph);

  [[nodiscard]] bool any() const { return !stated_.empty(); }
  [[nodiscard]] bool states(VertexId vertex) const { return stated_.contains(vertex); }

  // The interfaces by which the device sends to the network; nothing when it does not say.
  [[nodiscard]] const Ways* ways(VertexId vertex, ir::NetworkId to, ir::Family family) const;

  // Networks with one number are routed alike by every device that states its routing.
  [[nodiscard]] std::uint32_t class_of(ir::NetworkId network) const {
    return classes_.empty() ? 0 : classes_[network.value];
  }

 private:
  // One entry a network; zero: not stated, otherwise a position in `ways_` plus one.
  using Table = std::array<std::vector<std::uint32_t>, 2>;

  void follow_costs(const ir::Policy& policy, const RoutedGraph& graph, VertexId vertex, Table& table);
  void follow_routes(const ir::Policy& policy, const RoutedGraph& graph, VertexId vertex, Table& table);
  void classify(std::size_t networks);
  std::uint32_t intern(Ways ways);

  std::map<VertexId, Table> stated_;
  std::map<Ways, std::uint32_t> ids_;
  std::vector<const Ways*> ways_;
  std::vector<std::uint32_t> classes_;
};

}  // namespace cordon::graph

#endif  // COMPILER_GRAPH_ROUTING_H
