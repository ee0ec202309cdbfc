// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Single points of failure: what a connection does not survive the loss of.
//
// A host sends to one gateway. Devices stand in for each other there only when they share a virtual address;
// a device that shares none is a gateway by itself, and whoever uses it depends on it. Members of such a
// pair are devices of their own; a failover cluster is declared as one device, and counts as one. All VRFs
// and switching of a device go with it. A transit network whose links are declared is as strong as they are,
// one without is taken as one thing. Routing is taken to find whatever way is left, which stated routes may
// not: that errs to fewer points.
#ifndef COMPILER_GRAPH_SINGLE_POINTS_H
#define COMPILER_GRAPH_SINGLE_POINTS_H

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "compiler/graph/digraph.h"
#include "compiler/graph/layer2.h"
#include "compiler/graph/topology.h"
#include "compiler/ir/policy.h"

namespace cordon::graph {

// Sets of interfaces on the network, ascending; those of one set stand in for each other. In the world
// outside
// (`any`) all do, and so do all in a network without IPv4, where routers are advertised.
[[nodiscard]] std::vector<std::vector<AttachmentId>> gateways(const ir::Policy& policy,
                                                              const Topology& topology,
                                                              ir::NetworkId network);

// One of these is valid.
struct SinglePoint {
  ir::DeviceId device;
  ir::NetworkId network;  // in the middle, and of which no links are declared
  CableId cable;
  friend auto operator<=>(const SinglePoint&, const SinglePoint&) = default;
};

// `device core`, `network transit`, `link access-3/Gi1/0/48 to core/Gi1/0/3`
[[nodiscard]] std::string to_string(const ir::Policy& policy, const Layer2& layer2, const SinglePoint& point);

class SinglePoints {
 public:
  SinglePoints(const ir::Policy& policy, const Topology& topology, const Layer2& layer2);

  // What cuts off hosts of one network from hosts of the other, by some choice of their gateways, in the
  // order in which a shortest path from the first network passes it. The layer 2 of both networks is not part
  // of this question: see `within`. O(n) in interfaces and in links of transit networks, for each thing on a
  // shortest path. Nothing when no path leads there at all.
  [[nodiscard]] std::vector<SinglePoint> between(ir::NetworkId from, ir::NetworkId to) const;

  // What separates switches and access points that hosts of the network are attached to from all of a set of
  // gateways; how many, without the point itself, at which its own hosts are lost anyway. Ascending.
  // Linear in the links of the network and the length of ways over them.
  struct Separation {
    SinglePoint point;
    std::uint32_t switches = 0;
  };
  [[nodiscard]] std::vector<Separation> within(ir::NetworkId network) const;

 private:
  using Node = std::uint32_t;
  Node add_node(SinglePoint thing);
  void join(Node a, Node b) { edges_.push_back({.from = a, .to = b}); }
  void add_network(ir::NetworkId id);
  [[nodiscard]] std::vector<Node> path(const std::vector<Node>& from, const std::vector<Node>& to,
                                       const SinglePoint& lost) const;

  const ir::Policy& policy_;
  const Topology& topology_;
  const Layer2& layer2_;
  std::vector<SinglePoint> things_;  // what each node is lost with: VRFs of devices come first
  std::vector<Digraph::Arc> edges_;  // until the graph is made of them
  Digraph graph_;                    // both ways
};

}  // namespace cordon::graph

#endif  // COMPILER_GRAPH_SINGLE_POINTS_H
