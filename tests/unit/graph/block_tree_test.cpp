// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/block_tree.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "paths.h"

namespace cordon::graph::testing {
namespace {

constexpr std::uint64_t graphs = 400;

struct Case {
  std::uint32_t count = 0;
  Edges edges;
};

// Between a forest and something dense; some edges twice.
Case random_case(std::uint64_t seed) {
  Random random(seed);
  Case made{.count = 2 + random.below(7), .edges = {}};
  const std::uint32_t wanted = random.below(made.count + 6);
  while (made.edges.size() < wanted) {
    const std::uint32_t a = random.below(made.count), b = random.below(made.count);
    if (a != b) made.edges.push_back({a, b});
    if (a != b && random.chance(15)) made.edges.push_back({b, a});
  }
  return made;
}

std::set<std::uint32_t> edges_of(const BlockTree& tree, const std::vector<std::uint32_t>& blocks) {
  std::set<std::uint32_t> found;
  for (const std::uint32_t block : blocks) found.insert(tree.edges(block).begin(), tree.edges(block).end());
  return found;
}

std::set<std::uint32_t> vertices_of(const BlockTree& tree, const Edges& edges, std::uint32_t block) {
  std::set<std::uint32_t> found;
  for (const std::uint32_t edge : tree.edges(block)) found.insert({edges[edge].a, edges[edge].b});
  return found;
}

bool is_connected(const Edges& edges, std::uint32_t a, std::uint32_t b) {
  return reached(edges, a, BlockTree::none).contains(b);
}

// Of the block's own vertices, the only one through which the vertex is reached.
bool is_gate(const Edges& edges, const std::set<std::uint32_t>& own, std::uint32_t vertex,
             std::uint32_t gate) {
  if (own.contains(vertex)) return gate == vertex;
  const std::set<std::uint32_t> beyond = reached(edges, vertex, gate);
  return own.contains(gate) &&
         std::ranges::none_of(own, [&](std::uint32_t each) { return beyond.contains(each); });
}

}  // namespace

TEST_CASE("random graphs: the blocks between two vertices hold the edges on their simple paths") {
  for (std::uint64_t seed = 1; seed <= graphs; ++seed) {
    CAPTURE(seed);
    const auto [count, edges] = random_case(seed);
    const BlockTree tree(count, edges);
    for (std::uint32_t a = 0; a < count; ++a) {
      for (std::uint32_t b = 0; b < count; ++b) {
        REQUIRE((tree.component(a) == tree.component(b)) == is_connected(edges, a, b));
        if (a == b || tree.component(a) != tree.component(b)) continue;
        const std::vector<std::uint32_t> ends{a, b};
        const std::set<std::uint32_t> expected = on_paths(count, edges, a, b);
        REQUIRE(edges_of(tree, tree.spanned(ends)) == expected);
        const std::uint32_t first = tree.first_block(a, b);
        REQUIRE(vertices_of(tree, edges, first).contains(a));
        REQUIRE(expected.contains(tree.edges(first).front()));
      }
    }
  }
}

TEST_CASE("random graphs: the blocks that several vertices span are those of all their pairs, each once") {
  for (std::uint64_t seed = 1; seed <= graphs; ++seed) {
    CAPTURE(seed);
    const auto [count, edges] = random_case(seed);
    const BlockTree tree(count, edges);
    Random random(seed + graphs);
    std::vector<std::uint32_t> some;
    const std::uint32_t start = random.below(count);
    for (std::uint32_t v = 0; v < count; ++v) {
      if (tree.component(v) == tree.component(start) && random.chance(60)) some.push_back(v);
    }
    std::set<std::uint32_t> expected;
    for (const std::uint32_t a : some) {
      for (const std::uint32_t b : some) expected.merge(on_paths(count, edges, a, b));
    }
    std::vector<std::uint32_t> blocks = tree.spanned(some);
    REQUIRE(edges_of(tree, blocks) == expected);
    std::ranges::sort(blocks);
    REQUIRE(std::ranges::adjacent_find(blocks) == blocks.end());
  }
}

TEST_CASE("random graphs: a gate is the one way out of a block") {
  for (std::uint64_t seed = 1; seed <= graphs; ++seed) {
    CAPTURE(seed);
    const auto [count, edges] = random_case(seed);
    const BlockTree tree(count, edges);
    for (std::uint32_t block = 0; block < tree.block_count(); ++block) {
      const std::set<std::uint32_t> own = vertices_of(tree, edges, block);
      REQUIRE(tree.is_bridge(block) == (own.size() == 2));
      for (std::uint32_t v = 0; v < count; ++v) {
        const bool near = tree.component(v) == tree.block_component(block);
        REQUIRE(near == is_connected(edges, v, *own.begin()));
        if (near) REQUIRE(is_gate(edges, own, v, tree.gate(block, v)));
      }
    }
  }
}

TEST_CASE("random graphs: every edge is in one block, and the order of edges says nothing") {
  for (std::uint64_t seed = 1; seed <= graphs; ++seed) {
    CAPTURE(seed);
    const auto [count, edges] = random_case(seed);
    const BlockTree tree(count, edges);
    std::size_t listed = 0;
    for (std::uint32_t block = 0; block < tree.block_count(); ++block) {
      for (const std::uint32_t edge : tree.edges(block)) REQUIRE(tree.block_of(edge) == block);
      listed += tree.edges(block).size();
    }
    REQUIRE(listed == edges.size());
    const Edges turned(edges.rbegin(), edges.rend());
    const BlockTree other(count, turned);
    const auto last = static_cast<std::uint32_t>(edges.size()) - 1;
    for (std::uint32_t i = 0; i < edges.size(); ++i) {
      for (std::uint32_t k = 0; k < edges.size(); ++k) {
        const bool together = tree.block_of(i) == tree.block_of(k);
        REQUIRE((other.block_of(last - i) == other.block_of(last - k)) == together);
      }
    }
  }
}

TEST_CASE("nothing, and vertices without edges") {
  CHECK(BlockTree(0, {}).block_count() == 0);
  const BlockTree tree(2, {});
  CHECK(tree.block_count() == 0);
  CHECK(tree.component(0) != tree.component(1));
  CHECK(tree.spanned(std::vector<std::uint32_t>{0}).empty());
}

TEST_CASE("two triangles that share a corner, and a tail") {
  //  0      3
  //  │╲    ╱│
  //  │  2   │
  //  │╱    ╲│
  //  1      4 ── 5
  const Edges edges{{0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 4}, {4, 2}, {4, 5}};
  const BlockTree tree(6, edges);
  CHECK(tree.block_count() == 3);
  const std::uint32_t left = tree.block_of(0), right = tree.block_of(4), tail = tree.block_of(6);
  CHECK(tree.block_of(2) == left);
  CHECK(tree.block_of(3) == right);
  CHECK_FALSE(tree.is_bridge(left));
  CHECK(tree.is_bridge(tail));
  CHECK(tree.gate(left, 5) == 2);
  CHECK(tree.gate(tail, 0) == 4);
  CHECK(tree.gate(right, 1) == 2);
  CHECK(tree.first_block(0, 5) == left);
  CHECK(tree.first_block(5, 0) == tail);
  CHECK(tree.first_block(2, 5) == right);
}

TEST_CASE("two edges between the same vertices are a bridge of two") {
  const Edges edges{{0, 1}, {1, 0}, {1, 2}};
  const BlockTree tree(3, edges);
  CHECK(tree.block_count() == 2);
  CHECK(tree.block_of(0) == tree.block_of(1));
  CHECK(tree.is_bridge(tree.block_of(0)));
  CHECK(tree.edges(tree.block_of(0)).size() == 2);
}

TEST_CASE("a long chain needs no deep stack") {
  constexpr std::uint32_t count = 200'000;
  Edges edges;
  for (std::uint32_t i = 0; i + 1 < count; ++i) edges.push_back({i, i + 1});
  const BlockTree tree(count, edges);
  CHECK(tree.block_count() == count - 1);
  CHECK(tree.spanned(std::vector<std::uint32_t>{0, count - 1}).size() == count - 1);
  CHECK(tree.gate(tree.block_of(count / 2), 0) == count / 2);
}

}  // namespace cordon::graph::testing
