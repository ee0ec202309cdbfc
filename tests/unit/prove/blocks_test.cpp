// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/blocks.h"

#include <random>
#include <set>

#include <doctest/doctest.h>

namespace cordon::prove {
namespace {

using Edges = std::set<std::uint32_t>;

// Every edge on some simple path, by walking them all.
void walk(const Graph& graph, std::uint32_t at, std::uint32_t goal, std::vector<bool>& seen,
          std::vector<std::uint32_t>& trail, Edges& found) {
  if (at == goal) {
    found.insert(trail.begin(), trail.end());
    return;
  }
  seen[at] = true;
  for (std::uint32_t edge = 0; edge < graph.edges.size(); ++edge) {
    const auto [a, b] = graph.edges[edge];
    if ((a != at && b != at) || seen[a == at ? b : a]) continue;
    trail.push_back(edge);
    walk(graph, a == at ? b : a, goal, seen, trail, found);
    trail.pop_back();
  }
  seen[at] = false;
}

Edges by_blocks(const Graph& graph, const Blocks& blocks, std::uint32_t a, std::uint32_t b) {
  std::vector<std::uint32_t> between;
  blocks.between(a, b, between);
  Edges found;
  for (std::uint32_t edge = 0; edge < graph.edges.size(); ++edge) {
    for (const std::uint32_t block : between) {
      if (blocks.of_edge(edge) == block) found.insert(edge);
    }
  }
  return found;
}

}  // namespace

TEST_CASE("blocks: what lies between two vertices is what their simple paths use") {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    Graph graph{.vertices = 2 + static_cast<std::uint32_t>(random() % 6), .edges = {}};
    const auto count = random() % 10;
    for (std::size_t i = 0; i < count; ++i) {
      const auto a = static_cast<std::uint32_t>(random() % graph.vertices);
      const auto b = static_cast<std::uint32_t>(random() % graph.vertices);
      if (a != b) graph.edges.push_back({a, b});
    }
    const Blocks blocks(graph);
    for (std::uint32_t a = 0; a < graph.vertices; ++a) {
      for (std::uint32_t b = 0; b < graph.vertices; ++b) {
        Edges walked;
        std::vector<bool> seen(graph.vertices);
        std::vector<std::uint32_t> trail;
        walk(graph, a, b, seen, trail, walked);
        REQUIRE(by_blocks(graph, blocks, a, b) == walked);
      }
    }
  }
}

TEST_CASE("blocks: a chain of a million does not overflow anything") {
  Graph graph{.vertices = 1'000'000, .edges = {}};
  for (std::uint32_t i = 1; i < graph.vertices; ++i) graph.edges.push_back({i - 1, i});
  const Blocks blocks(graph);
  CHECK(blocks.count() == graph.edges.size());
  std::vector<std::uint32_t> between;
  blocks.between(10, 999'999, between);
  CHECK(between.size() == 999'989);
}

}  // namespace cordon::prove
