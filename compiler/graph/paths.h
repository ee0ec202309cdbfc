// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The shortest ways from some vertices to others, in a fixed order.
//
// Some vertices only stand for a sum of arcs ("whoever is in this set reaches all of that set"). They are
// *passed through*: they are no part of a path, cost nothing, and do not tell two paths apart. A
// path is the other vertices, its *stops*, each once. It meets one source, its first stop, and one target,
// its last: it starts anew where it meets another source, and a target is where it has arrived.
#ifndef COMPILER_GRAPH_PATHS_H
#define COMPILER_GRAPH_PATHS_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "compiler/graph/digraph.h"

namespace cordon::graph {

using Path = std::vector<std::uint32_t>;  // stops, from source to target

// The path with the fewest stops, of those the one that is first by vertices. Sources and targets are
// stops; a vertex that is both is a path by itself. `through` has an entry for each vertex, or is
// empty: nothing is passed through. O(V + E).
[[nodiscard]] std::optional<Path> shortest_path(const Digraph& graph, std::span<const std::uint32_t> sources,
                                                std::span<const std::uint32_t> targets,
                                                const std::vector<bool>& through = {});

// Up to `count` different paths, ascending by stops, then by vertices (Yen's algorithm). O(V + E) for
// each stop of each path that is found: ask for a handful.
[[nodiscard]] std::vector<Path> shortest_paths(const Digraph& graph, std::span<const std::uint32_t> sources,
                                               std::span<const std::uint32_t> targets, std::size_t count,
                                               const std::vector<bool>& through = {});

}  // namespace cordon::graph

#endif  // COMPILER_GRAPH_PATHS_H
