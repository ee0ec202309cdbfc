// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Semi-dominators after Lengauer and Tarjan, immediate ones from them by Georgiadis ("Semi-NCA"). Written
// out since Boost.Graph 1.74 recurses as deep as the graph is long, which a long chain of hosts is, and
// is wrong where arcs lead from vertices that no root reaches.

#include <algorithm>
#include <utility>

#include "compiler/graph/digraph.h"

namespace cordon::graph {
namespace {

constexpr std::uint32_t none = Digraph::none;

// A depth-first walk. Vertices go by the number under which it finds them; zero stands above all roots.
struct Walk {
  std::vector<std::uint32_t> vertex{none}, parent{none};
  std::vector<std::uint32_t> number;  // of each vertex; none: no root reaches it

  Walk(const Digraph& graph, std::span<const std::uint32_t> roots) : number(graph.vertex_count(), none) {
    std::vector<std::pair<std::uint32_t, std::size_t>> stack;  // vertex, next arc
    const auto find = [&](std::uint32_t found, std::uint32_t by) {
      if (number[found] != none) return;
      number[found] = static_cast<std::uint32_t>(vertex.size());
      vertex.push_back(found);
      parent.push_back(by);
      stack.emplace_back(found, 0);
    };
    for (const std::uint32_t root : roots) {
      find(root, 0);
      while (!stack.empty()) {
        auto& [at, next] = stack.back();
        const std::span<const std::uint32_t> arcs = graph.leaving(at);
        if (next == arcs.size()) {
          stack.pop_back();
        } else {
          const std::uint32_t to = graph.arcs()[arcs[next++]].to;
          find(to, number[at]);
        }
      }
    }
  }
};

// The forest of what was looked at. `least` finds the vertex with the least semi-dominator on the way up
// from a vertex to below its root, and makes the way shorter for the next time.
class Forest {
 public:
  explicit Forest(std::size_t count) : semi(count), best_(count), above_(count, none) {
    for (std::uint32_t i = 0; i < count; ++i) semi[i] = best_[i] = i;
  }

  void link(std::uint32_t vertex, std::uint32_t parent) { above_[vertex] = parent; }

  std::uint32_t least(std::uint32_t vertex) {
    std::vector<std::uint32_t> way;
    for (std::uint32_t at = vertex; above_[at] != none && above_[above_[at]] != none; at = above_[at])
      way.push_back(at);
    std::ranges::reverse(way);
    for (const std::uint32_t at : way) {
      const std::uint32_t parent = above_[at];
      if (semi[best_[parent]] < semi[best_[at]]) best_[at] = best_[parent];
      above_[at] = above_[parent];
    }
    return best_[vertex];
  }

  std::vector<std::uint32_t> semi;

 private:
  std::vector<std::uint32_t> best_, above_;
};

std::vector<std::uint32_t> semi_dominators(const Digraph& graph, std::span<const std::uint32_t> roots,
                                           const Walk& walk) {
  const auto count = static_cast<std::uint32_t>(walk.vertex.size());
  Forest forest(count);
  std::vector<bool> is_root(count);
  for (const std::uint32_t root : roots) is_root[walk.number[root]] = true;
  for (std::uint32_t i = count - 1; i > 0; --i) {
    if (is_root[i]) forest.semi[i] = 0;
    for (const std::uint32_t arc : graph.entering(walk.vertex[i])) {
      const std::uint32_t before = walk.number[graph.arcs()[arc].from];
      if (before != none) forest.semi[i] = std::min(forest.semi[i], forest.semi[forest.least(before)]);
    }
    forest.link(i, walk.parent[i]);
  }
  return std::move(forest.semi);
}

}  // namespace

Dominators::Dominators(const Digraph& graph, std::span<const std::uint32_t> roots)
    : immediate_(graph.vertex_count(), none), reached_(graph.vertex_count()) {
  const Walk walk(graph, roots);
  const std::vector<std::uint32_t> semi = semi_dominators(graph, roots, walk);
  std::vector<std::uint32_t> immediate(walk.vertex.size());
  for (std::uint32_t i = 1; i < walk.vertex.size(); ++i) {
    std::uint32_t above = walk.parent[i];
    while (above > semi[i]) above = immediate[above];
    immediate[i] = above;
    reached_[walk.vertex[i]] = true;
    if (above != 0) immediate_[walk.vertex[i]] = walk.vertex[above];
  }
}

std::vector<std::uint32_t> Dominators::of(std::uint32_t vertex) const {
  std::vector<std::uint32_t> found;
  for (std::uint32_t at = immediate_[vertex]; at != none; at = immediate_[at]) found.push_back(at);
  std::ranges::reverse(found);
  return found;
}

}  // namespace cordon::graph
