// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A directed graph as a value: what can be reached, and what every way has to pass.
//
// Vertices are numbers from zero; arcs keep the position they were given in, may repeat, and may lead from a
// vertex to itself. All answers depend on the graph alone and never on the order of its arcs: where
// several are as good, the one with the lower vertices is taken. V and E below are vertices and arcs.
// Paths are in paths.h, cuts in cuts.h.
#ifndef COMPILER_GRAPH_DIGRAPH_H
#define COMPILER_GRAPH_DIGRAPH_H

#include <cstdint>
#include <span>
#include <vector>

namespace cordon::graph {

class Digraph {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  struct Arc {
    std::uint32_t from = 0, to = 0;
  };

  Digraph() = default;
  Digraph(std::uint32_t vertex_count, std::vector<Arc> arcs);

  [[nodiscard]] std::uint32_t vertex_count() const { return vertex_count_; }
  [[nodiscard]] const std::vector<Arc>& arcs() const { return arcs_; }

  // Positions in `arcs()`, ascending by the vertex at the other end, then by position.
  [[nodiscard]] std::span<const std::uint32_t> leaving(std::uint32_t vertex) const {
    return std::span(leaving_).subspan(leaving_starts_[vertex],
                                       leaving_starts_[vertex + 1] - leaving_starts_[vertex]);
  }
  [[nodiscard]] std::span<const std::uint32_t> entering(std::uint32_t vertex) const {
    return std::span(entering_).subspan(entering_starts_[vertex],
                                        entering_starts_[vertex + 1] - entering_starts_[vertex]);
  }

 private:
  std::uint32_t vertex_count_ = 0;
  std::vector<Arc> arcs_;
  std::vector<std::uint32_t> leaving_, leaving_starts_, entering_, entering_starts_;
};

// By vertex: some way leads to it from one of the sources, which reach themselves. O(V + E).
[[nodiscard]] std::vector<bool> reachable(const Digraph& graph, std::span<const std::uint32_t> sources);

// By vertex: some way leads from it to one of the targets. O(V + E).
[[nodiscard]] std::vector<bool> reaching(const Digraph& graph, std::span<const std::uint32_t> targets);

// The vertices that can reach each other, as numbered components.
struct Components {
  std::vector<std::uint32_t> of;                    // the component of each vertex
  std::vector<std::vector<std::uint32_t>> members;  // ascending; components ascend by their first member
};
[[nodiscard]] Components strongly_connected_components(const Digraph& graph);  // O(V + E), by Boost.Graph

// What every way from the roots has to pass.
class Dominators {
 public:
  // O(E log V) but for graphs made to be slow. Roots dominate like other vertices when they are one;
  // where ways start at several of them, a vertex may be passed by some ways only and has no dominator.
  Dominators(const Digraph& graph, std::span<const std::uint32_t> roots);

  // The last vertex before this one that every way from the roots passes; none: there is no such vertex, or
  // no way at all, or it is a root.
  [[nodiscard]] std::uint32_t immediate(std::uint32_t vertex) const { return immediate_[vertex]; }
  [[nodiscard]] bool reached(std::uint32_t vertex) const { return reached_[vertex]; }

  // All of them in the order in which they are passed; the vertex itself is not among them.
  [[nodiscard]] std::vector<std::uint32_t> of(std::uint32_t vertex) const;

 private:
  std::vector<std::uint32_t> immediate_;
  std::vector<bool> reached_;
};

}  // namespace cordon::graph

#endif  // COMPILER_GRAPH_DIGRAPH_H
