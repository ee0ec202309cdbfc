// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What lies on simple paths, found by walking all of them, and small random graphs to walk on.
#ifndef TESTS_UNIT_GRAPH_PATHS_H
#define TESTS_UNIT_GRAPH_PATHS_H

#include <cstdint>
#include <random>
#include <set>
#include <vector>

#include "compiler/graph/block_tree.h"

namespace cordon::graph::testing {

using Edges = std::vector<BlockTree::Edge>;

// Every edge on some simple path between the two vertices; none when they are one.
[[nodiscard]] std::set<std::uint32_t> on_paths(std::uint32_t vertex_count, const Edges& edges,
                                               std::uint32_t from, std::uint32_t to);

// The vertices that the first can reach without touching the barred one.
[[nodiscard]] std::set<std::uint32_t> reached(const Edges& edges, std::uint32_t from, std::uint32_t barred);

// std::uniform_int_distribution differs between libraries; the remainder does not.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  std::uint32_t below(std::size_t bound) { return static_cast<std::uint32_t>(engine_() % bound); }
  bool chance(std::uint32_t percent) { return below(100) < percent; }

 private:
  std::mt19937_64 engine_;
};

}  // namespace cordon::graph::testing

#endif  // TESTS_UNIT_GRAPH_PATHS_H
