// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "paths.h"

#include <optional>

namespace cordon::graph::testing {
namespace {

std::optional<std::uint32_t> other_end(const BlockTree::Edge& edge, std::uint32_t end) {
  if (edge.a == end) return edge.b;
  if (edge.b == end) return edge.a;
  return std::nullopt;
}

struct Walk {
  const Edges& edges;
  std::uint32_t goal;
  std::vector<bool> visited;
  std::vector<std::uint32_t> trail;
  std::set<std::uint32_t> found;

  void from(std::uint32_t at) {
    if (at == goal) {
      found.insert(trail.begin(), trail.end());
      return;
    }
    visited[at] = true;
    for (std::uint32_t i = 0; i < edges.size(); ++i) {
      const auto next = other_end(edges[i], at);
      if (!next || visited[*next]) continue;
      trail.push_back(i);
      from(*next);
      trail.pop_back();
    }
    visited[at] = false;
  }
};

}  // namespace

std::set<std::uint32_t> on_paths(std::uint32_t vertex_count, const Edges& edges, std::uint32_t from,
                                 std::uint32_t to) {
  Walk walk{.edges = edges, .goal = to, .visited = std::vector<bool>(vertex_count), .trail = {}, .found = {}};
  walk.from(from);
  return walk.found;
}

std::set<std::uint32_t> reached(const Edges& edges, std::uint32_t from, std::uint32_t barred) {
  std::set<std::uint32_t> found;
  std::vector<std::uint32_t> work{from};
  while (!work.empty()) {
    const std::uint32_t at = work.back();
    work.pop_back();
    if (at == barred || !found.insert(at).second) continue;
    for (const BlockTree::Edge& edge : edges) {
      if (const auto next = other_end(edge, at)) work.push_back(*next);
    }
  }
  return found;
}

}  // namespace cordon::graph::testing
