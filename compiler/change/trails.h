// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Ways through the routed network one by one, the shortest first, up to a number of them.
//
// Planner and prover never list paths; a person who asks wants to see them. A trail visits no device (in one
// VRF) and no network twice, passes through transit networks only, and follows stated routing.
#ifndef COMPILER_CHANGE_TRAILS_H
#define COMPILER_CHANGE_TRAILS_H

#include <cstddef>
#include <vector>

#include "compiler/graph/topology.h"
#include "compiler/ir/policy.h"

namespace cordon::change {

struct TrailHop {
  graph::VertexId vertex;
  graph::AttachmentId in, out;  // invalid: the trail starts or ends at the device itself
  friend bool operator==(const TrailHop&, const TrailHop&) = default;
};
using Trail = std::vector<TrailHop>;

// Where packets start or end: hosts of a network, or a device itself in its VRFs.
struct TrailEnd {
  ir::NetworkId network;
  std::vector<graph::VertexId> vertices;
};

struct Trails {
  std::vector<Trail> found;  // shortest first
  bool all = true;           // there are no others
};

inline constexpr std::size_t most_trails = 64;

[[nodiscard]] Trails find_trails(const graph::Topology& topology, const TrailEnd& from, const TrailEnd& to,
                                 ir::Family family);

// In and out by one interface of each gateway: a crossing of host networks only.
[[nodiscard]] std::vector<Trail> find_hairpins(const graph::Topology& topology, ir::NetworkId network);

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_TRAILS_H
