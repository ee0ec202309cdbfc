// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/digraph.h"

#include <algorithm>

#include <doctest/doctest.h>

#include "digraphs.h"

namespace cordon::graph::testing {
namespace {

constexpr std::uint64_t graphs = 4000;

std::set<std::uint32_t> set_of(const std::vector<bool>& marks) {
  std::set<std::uint32_t> found;
  for (std::uint32_t i = 0; i < marks.size(); ++i) {
    if (marks[i]) found.insert(i);
  }
  return found;
}

Digraph turned(const Digraph& graph) {
  std::vector<Digraph::Arc> arcs;
  for (const Digraph::Arc& arc : graph.arcs()) arcs.push_back({.from = arc.to, .to = arc.from});
  return {graph.vertex_count(), std::move(arcs)};
}

// The vertices without which no way from the roots leads to the vertex.
std::set<std::uint32_t> needed(const Digraph& graph, const std::vector<std::uint32_t>& roots,
                               std::uint32_t vertex) {
  std::set<std::uint32_t> found;
  for (std::uint32_t lost = 0; lost < graph.vertex_count(); ++lost) {
    if (lost != vertex && !leads(graph, roots, {vertex}, [&](std::uint32_t each) { return each == lost; }))
      found.insert(lost);
  }
  return found;
}

}  // namespace

TEST_CASE("arcs are listed at both their ends, ascending by the other") {
  const Digraph graph(4, {{2, 1}, {0, 3}, {0, 1}, {0, 3}, {3, 3}});
  const auto list = [](std::span<const std::uint32_t> arcs) {
    return std::vector<std::uint32_t>(arcs.begin(), arcs.end());
  };
  CHECK(list(graph.leaving(0)) == std::vector<std::uint32_t>{2, 1, 3});
  CHECK(list(graph.leaving(1)).empty());
  CHECK(list(graph.entering(1)) == std::vector<std::uint32_t>{2, 0});
  CHECK(list(graph.entering(3)) == std::vector<std::uint32_t>{1, 3, 4});
  CHECK(Digraph().vertex_count() == 0);
  CHECK(strongly_connected_components(Digraph()).members.empty());
}

TEST_CASE("random digraphs: what is reached, along arcs and against them") {
  for (std::uint64_t seed = 1; seed <= graphs; ++seed) {
    CAPTURE(seed);
    const auto [graph, sources, targets] = random_digraph(seed);
    REQUIRE(set_of(reachable(graph, sources)) == walked(graph, sources));
    REQUIRE(set_of(reaching(graph, targets)) == walked(turned(graph), targets));
  }
}

TEST_CASE("random digraphs: a component is what reaches each other, in the order of first members") {
  std::size_t together = 0;
  for (std::uint64_t seed = 1; seed <= graphs; ++seed) {
    CAPTURE(seed);
    const Digraph graph = random_digraph(seed).graph;
    const Components components = strongly_connected_components(graph);
    std::uint32_t listed = 0, last = 0;
    for (std::uint32_t i = 0; i < components.members.size(); ++i) {
      const std::vector<std::uint32_t>& members = components.members[i];
      REQUIRE(std::ranges::is_sorted(members));
      REQUIRE((i == 0 || last < members.front()));
      last = members.front();
      listed += static_cast<std::uint32_t>(members.size());
      for (const std::uint32_t vertex : members) REQUIRE(components.of[vertex] == i);
    }
    REQUIRE(listed == graph.vertex_count());
    for (std::uint32_t a = 0; a < graph.vertex_count(); ++a) {
      for (std::uint32_t b = 0; b < graph.vertex_count(); ++b) {
        const bool both = leads(graph, {a}, {b}) && leads(graph, {b}, {a});
        REQUIRE((components.of[a] == components.of[b]) == both);
        together += both && a != b;
      }
    }
  }
  CHECK(together > graphs);
}

TEST_CASE("random digraphs: dominators are what cannot be lost, in the order in which they are passed") {
  std::size_t found = 0;
  for (std::uint64_t seed = 1; seed <= graphs; ++seed) {
    CAPTURE(seed);
    const auto [graph, roots, unused] = random_digraph(seed);
    const Dominators dominators(graph, roots);
    for (std::uint32_t vertex = 0; vertex < graph.vertex_count(); ++vertex) {
      REQUIRE(dominators.reached(vertex) == leads(graph, roots, {vertex}));
      const std::vector<std::uint32_t> all = dominators.of(vertex);
      if (!dominators.reached(vertex)) {
        REQUIRE(all.empty());
        continue;
      }
      REQUIRE(std::set(all.begin(), all.end()) == needed(graph, roots, vertex));
      REQUIRE(dominators.immediate(vertex) == (all.empty() ? Digraph::none : all.back()));
      for (std::size_t i = 1; i < all.size(); ++i) REQUIRE(needed(graph, roots, all[i]).contains(all[i - 1]));
      found += all.size();
    }
  }
  CHECK(found > graphs);
}

TEST_CASE("a long chain with a way back costs no deep stack") {
  constexpr std::uint32_t length = 200'000;
  std::vector<Digraph::Arc> arcs;
  for (std::uint32_t i = 1; i < length; ++i) arcs.push_back({.from = i - 1, .to = i});
  arcs.push_back({.from = length - 1, .to = 1});
  const Digraph graph(length, std::move(arcs));
  CHECK(Dominators(graph, std::vector<std::uint32_t>{0}).of(length - 1).size() == length - 1);
  CHECK(strongly_connected_components(graph).members.size() == 2);
}

}  // namespace cordon::graph::testing
