// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "digraphs.h"

#include <algorithm>

namespace cordon::graph::testing {

DigraphCase random_digraph(std::uint64_t seed) {
  Random random(seed);
  const std::uint32_t count = 2 + random.below(6);
  std::vector<Digraph::Arc> arcs;
  const std::uint32_t wanted = count + random.below(count * 3 + 1);
  while (arcs.size() < wanted) {
    arcs.push_back({.from = random.below(count), .to = random.below(count)});
    if (random.chance(10)) arcs.push_back(arcs.back());
  }
  DigraphCase made{.graph = Digraph(count, std::move(arcs)), .sources = {}, .targets = {}};
  for (std::vector<std::uint32_t>* ends : {&made.sources, &made.targets}) {
    ends->push_back(ends == &made.targets && random.chance(90) ? count - 1 : random.below(count - 1));
    if (random.chance(30)) ends->push_back(random.below(count));
  }
  return made;
}

std::set<std::uint32_t> walked(const Digraph& graph, const std::vector<std::uint32_t>& from,
                               const Gone& vertex_gone, const Gone& arc_gone) {
  std::set<std::uint32_t> found;
  for (const std::uint32_t vertex : from) {
    if (!vertex_gone || !vertex_gone(vertex)) found.insert(vertex);
  }
  for (bool grown = true; grown;) {
    grown = false;
    for (std::uint32_t i = 0; i < graph.arcs().size(); ++i) {
      const auto& [start, end] = graph.arcs()[i];
      if (!found.contains(start) || (arc_gone && arc_gone(i)) || (vertex_gone && vertex_gone(end))) continue;
      grown = found.insert(end).second || grown;
    }
  }
  return found;
}

bool leads(const Digraph& graph, const std::vector<std::uint32_t>& from, const std::vector<std::uint32_t>& to,
           const Gone& vertex_gone, const Gone& arc_gone) {
  const std::set<std::uint32_t> found = walked(graph, from, vertex_gone, arc_gone);
  return std::ranges::any_of(to, [&](std::uint32_t vertex) { return found.contains(vertex); });
}

namespace {

struct Walk {
  const DigraphCase& made;
  const std::vector<bool>& through;
  std::vector<std::uint32_t> trail;
  std::set<std::vector<std::uint32_t>> found;

  // The stops that follow a stop, whatever is passed through on the way.
  [[nodiscard]] std::set<std::uint32_t> next(std::uint32_t stop) const {
    std::set<std::uint32_t> stops, seen;
    std::vector<std::uint32_t> work{stop};
    while (!work.empty()) {
      const std::uint32_t at = work.back();
      work.pop_back();
      for (const Digraph::Arc& arc : made.graph.arcs()) {
        if (arc.from != at) continue;
        if (!through[arc.to]) {
          stops.insert(arc.to);
        } else if (seen.insert(arc.to).second) {
          work.push_back(arc.to);
        }
      }
    }
    return stops;
  }

  void go(std::uint32_t stop) {
    trail.push_back(stop);
    if (std::ranges::find(made.targets, stop) != made.targets.end()) {
      found.insert(trail);
    } else {
      for (const std::uint32_t each : next(stop)) {
        const bool taken = std::ranges::find(trail, each) != trail.end();
        if (!taken && std::ranges::find(made.sources, each) == made.sources.end()) go(each);
      }
    }
    trail.pop_back();
  }
};

}  // namespace

std::set<std::vector<std::uint32_t>> all_paths(const DigraphCase& made, const std::vector<bool>& through) {
  Walk walk{.made = made, .through = through, .trail = {}, .found = {}};
  for (const std::uint32_t source : made.sources) walk.go(source);
  return walk.found;
}

}  // namespace cordon::graph::testing
