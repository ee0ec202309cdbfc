// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include <doctest/doctest.h>

#include "compiler/graph/paths.h"
#include "digraphs.h"

namespace cordon::graph::testing {
namespace {

constexpr std::uint64_t graphs = 4000;

// Every path, in the order in which they are promised.
std::vector<Path> in_order(const DigraphCase& made, const std::vector<bool>& through) {
  const std::set<Path> all = all_paths(made, through);
  std::vector<Path> sorted(all.begin(), all.end());
  std::ranges::stable_sort(sorted, {}, &Path::size);
  return sorted;
}

// Vertices that are only passed through; never an end of the question.
std::vector<bool> random_through(const DigraphCase& made, std::uint64_t seed) {
  Random random(seed + graphs);
  std::vector<bool> through(made.graph.vertex_count());
  const std::uint32_t share = random.below(60);
  std::generate(through.begin(), through.end(), [&] { return random.chance(share); });
  for (const std::uint32_t source : made.sources) through[source] = false;
  for (const std::uint32_t target : made.targets) through[target] = false;
  return through;
}

void compare(const DigraphCase& made, const std::vector<bool>& through, std::size_t& many) {
  const std::vector<Path> expected = in_order(made, through);
  for (const std::size_t count : {std::size_t{1}, std::size_t{3}, expected.size() + 2}) {
    std::vector<Path> wanted = expected;
    if (wanted.size() > count) wanted.resize(count);
    REQUIRE(shortest_paths(made.graph, made.sources, made.targets, count, through) == wanted);
  }
  const auto first = shortest_path(made.graph, made.sources, made.targets, through);
  REQUIRE(first.has_value() == !expected.empty());
  if (first) REQUIRE(*first == expected.front());
  many += expected.size() > 3;
}

}  // namespace

TEST_CASE("random digraphs: the shortest paths are the first of all paths, in order") {
  std::size_t many = 0;
  for (std::uint64_t seed = 1; seed <= graphs; ++seed) {
    CAPTURE(seed);
    const DigraphCase made = random_digraph(seed);
    compare(made, std::vector<bool>(made.graph.vertex_count()), many);
  }
  CHECK(many > graphs / 20);
}

TEST_CASE("random digraphs: what is passed through costs nothing and tells no paths apart") {
  std::size_t many = 0;
  for (std::uint64_t seed = 1; seed <= graphs; ++seed) {
    CAPTURE(seed);
    const DigraphCase made = random_digraph(seed);
    compare(made, random_through(made, seed), many);
  }
  CHECK(many > graphs / 20);
}

TEST_CASE("a vertex passed through serves one path twice") {
  //  0 ─▶ (4) ─▶ 1 ─▶ (4) ─▶ 2 ─▶ 3
  const Digraph graph(5, {{0, 4}, {4, 1}, {1, 4}, {4, 2}, {2, 3}});
  const std::vector<std::uint32_t> from{0}, to{3};
  const std::vector<Path> paths = shortest_paths(graph, from, to, 9, {false, false, false, false, true});
  CHECK(paths == std::vector<Path>{{0, 2, 3}, {0, 1, 2, 3}});
}

TEST_CASE("no paths are asked for, or there is none") {
  const Digraph graph(2, {{1, 0}});
  const std::vector<std::uint32_t> zero{0}, one{1}, nobody;
  CHECK(shortest_paths(graph, one, zero, 0).empty());
  CHECK_FALSE(shortest_path(graph, zero, one));
  CHECK_FALSE(shortest_path(graph, nobody, one));
  CHECK(shortest_path(graph, one, one) == Path{1});
}

}  // namespace cordon::graph::testing
