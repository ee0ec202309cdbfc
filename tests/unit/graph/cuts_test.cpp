// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/cuts.h"

#include <algorithm>
#include <numeric>

#include <doctest/doctest.h>

#include "digraphs.h"

namespace cordon::graph::testing {
namespace {

constexpr std::uint64_t graphs = 3000;
constexpr std::size_t most_items = 12;  // all their subsets are tried

std::vector<std::uint32_t> random_costs(std::size_t count, std::uint64_t seed) {
  Random random(seed + graphs);
  const bool equal = random.chance(50);
  std::vector<std::uint32_t> costs(count);
  for (std::uint32_t& cost : costs) cost = random.chance(10) ? unremovable : equal ? 1 : 1 + random.below(4);
  return costs;
}

// The items may go, and without them nothing leads to a target.
using Separates = std::function<bool(const Gone&)>;

struct Best {
  bool found = false;
  std::uint64_t cost = 0;
  std::vector<std::vector<std::uint32_t>> cuts;  // all of that cost
};

Best best_cuts(const std::vector<std::uint32_t>& removable, const std::vector<std::uint32_t>& costs,
               const Separates& separates) {
  Best best;
  for (std::uint32_t subset = 0; subset < 1U << removable.size(); ++subset) {
    std::vector<std::uint32_t> items;
    std::uint64_t cost = 0;
    for (std::uint32_t i = 0; i < removable.size(); ++i) {
      if ((subset >> i & 1U) == 0) continue;
      items.push_back(removable[i]);
      cost += costs[removable[i]];
    }
    if (best.found && cost > best.cost) continue;
    if (!separates([&](std::uint32_t item) { return std::ranges::binary_search(items, item); })) continue;
    if (!best.found || cost < best.cost) best.cuts.clear();
    best.found = true;
    best.cost = cost;
    best.cuts.push_back(std::move(items));
  }
  return best;
}

void compare(const std::optional<Cut>& cut, const Best& best) {
  REQUIRE(cut.has_value() == best.found);
  if (!cut) return;
  REQUIRE(cut->cost == best.cost);
  REQUIRE(std::ranges::find(best.cuts, cut->items) != best.cuts.end());
}

}  // namespace

TEST_CASE("random digraphs: no set of vertices separates for less, and none is nearer to the sources") {
  std::size_t found = 0, several = 0;
  for (std::uint64_t seed = 1; seed <= graphs; ++seed) {
    CAPTURE(seed);
    const auto [graph, sources, targets] = random_digraph(seed);
    const std::vector<std::uint32_t> costs = random_costs(graph.vertex_count(), seed);
    std::vector<std::uint32_t> removable;
    for (std::uint32_t vertex = 0; vertex < graph.vertex_count(); ++vertex) {
      const bool end = std::ranges::find(sources, vertex) != sources.end() ||
                       std::ranges::find(targets, vertex) != targets.end();
      if (!end && costs[vertex] != unremovable) removable.push_back(vertex);
    }
    const Best best =
        best_cuts(removable, costs, [&, &from = sources, &to = targets, &all = graph](const Gone& gone) {
          return !leads(all, from, to, gone);
        });
    const std::optional<Cut> cut = minimum_vertex_cut(graph, sources, targets, costs);
    compare(cut, best);
    if (!cut) continue;
    const auto beyond = [&, &from = sources, &all = graph](const std::vector<std::uint32_t>& items) {
      return walked(all, from, [&](std::uint32_t item) { return std::ranges::binary_search(items, item); });
    };
    for (const std::vector<std::uint32_t>& other : best.cuts)
      REQUIRE(std::ranges::includes(beyond(other), beyond(cut->items)));
    found += !cut->items.empty();
    several += best.cuts.size() > 1;
  }
  CHECK(found > graphs / 10);
  CHECK(several > graphs / 100);
}

TEST_CASE("random digraphs: no set of arcs separates for less, and none is nearer to the sources") {
  std::size_t found = 0, several = 0;
  for (std::uint64_t seed = 1; seed <= graphs; ++seed) {
    CAPTURE(seed);
    const auto [graph, sources, targets] = random_digraph(seed);
    if (graph.arcs().size() > most_items) continue;
    const std::vector<std::uint32_t> costs = random_costs(graph.arcs().size(), seed);
    std::vector<std::uint32_t> removable;
    for (std::uint32_t arc = 0; arc < costs.size(); ++arc) {
      if (costs[arc] != unremovable) removable.push_back(arc);
    }
    const Best best =
        best_cuts(removable, costs, [&, &from = sources, &to = targets, &all = graph](const Gone& gone) {
          return !leads(all, from, to, {}, gone);
        });
    const std::optional<Cut> cut = minimum_arc_cut(graph, sources, targets, costs);
    compare(cut, best);
    if (!cut) continue;
    const auto beyond = [&, &from = sources, &all = graph](const std::vector<std::uint32_t>& items) {
      return walked(all, from, {},
                    [&](std::uint32_t item) { return std::ranges::binary_search(items, item); });
    };
    for (const std::vector<std::uint32_t>& other : best.cuts)
      REQUIRE(std::ranges::includes(beyond(other), beyond(cut->items)));
    found += !cut->items.empty();
    several += best.cuts.size() > 1;
  }
  CHECK(found > graphs / 10);
  CHECK(several > graphs / 100);
}

TEST_CASE("the order of arcs says nothing") {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    CAPTURE(seed);
    const auto [graph, sources, targets] = random_digraph(seed);
    const Digraph turned(graph.vertex_count(), {graph.arcs().rbegin(), graph.arcs().rend()});
    const std::vector<std::uint32_t> costs(graph.vertex_count(), 1);
    const auto cut = minimum_vertex_cut(graph, sources, targets, costs),
               other = minimum_vertex_cut(turned, sources, targets, costs);
    REQUIRE(cut.has_value() == other.has_value());
    if (cut) REQUIRE(cut->items == other->items);
  }
}

TEST_CASE("what nothing leads to needs no cut; a source that is a target has none") {
  const Digraph graph(3, {{0, 1}});
  const std::vector<std::uint32_t> zero{0}, two{2}, costs(3, 1);
  const auto empty = minimum_vertex_cut(graph, zero, two, costs);
  REQUIRE(empty);
  CHECK(empty->items.empty());
  CHECK_FALSE(minimum_vertex_cut(graph, zero, zero, costs));
  CHECK_FALSE(minimum_arc_cut(graph, zero, zero, std::vector<std::uint32_t>{1}));
}

}  // namespace cordon::graph::testing
