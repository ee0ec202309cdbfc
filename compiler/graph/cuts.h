// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The least that has to go, for no way to be left.
//
// Max-flow by Boost.Graph (Edmonds and Karp); a vertex is an arc from its entrance to its exit. Of several
// least cuts the one nearest to the sources is returned: it alone is the border of what the sources reach
// when the flow is full, so it depends on the graph and on nothing else. O(C (V + E)) where C is the
// cost of the cut, which is small where anyone reads it.
#ifndef COMPILER_GRAPH_CUTS_H
#define COMPILER_GRAPH_CUTS_H

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "compiler/graph/digraph.h"

namespace cordon::graph {

inline constexpr std::uint32_t unremovable = UINT32_MAX;

struct Cut {
  std::vector<std::uint32_t> items;  // vertices or positions of arcs, ascending; empty: nothing leads there
  std::uint64_t cost = 0;            // the sum of theirs
};

// Vertices of least cost whose loss leaves no way from a source to a target. Sources and targets stay; of the
// others each has a cost above zero. Nothing: no such loss would do.
[[nodiscard]] std::optional<Cut> minimum_vertex_cut(const Digraph& graph,
                                                    std::span<const std::uint32_t> sources,
                                                    std::span<const std::uint32_t> targets,
                                                    std::span<const std::uint32_t> costs);

// The same with arcs.
[[nodiscard]] std::optional<Cut> minimum_arc_cut(const Digraph& graph, std::span<const std::uint32_t> sources,
                                                 std::span<const std::uint32_t> targets,
                                                 std::span<const std::uint32_t> costs);

}  // namespace cordon::graph

#endif  // COMPILER_GRAPH_CUTS_H
