// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/digraph.h"

#include <cstddef>
#include <numeric>
#include <utility>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>

namespace cordon::graph {
namespace {

// Positions of arcs by the vertex at one end: those of vertex v are `items[starts[v] .. starts[v + 1])`, in
// the order in which `arcs` has them.
void bucket(const std::vector<std::uint32_t>& arcs, const std::vector<Digraph::Arc>& all,
            std::uint32_t Digraph::Arc::*end, std::vector<std::uint32_t>& items,
            std::vector<std::uint32_t>& starts) {
  for (const Digraph::Arc& arc : all) ++starts[arc.*end + 1];
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  items.resize(all.size());
  std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1);
  for (const std::uint32_t arc : arcs) items[next[all[arc].*end]++] = arc;
}

// Walks along arcs, or against them.
std::vector<bool> spread(const Digraph& graph, std::span<const std::uint32_t> starts, bool forward) {
  std::vector<bool> seen(graph.vertex_count());
  std::vector<std::uint32_t> work;
  const auto visit = [&](std::uint32_t vertex) {
    if (seen[vertex]) return;
    seen[vertex] = true;
    work.push_back(vertex);
  };
  for (const std::uint32_t vertex : starts) visit(vertex);
  while (!work.empty()) {
    const std::uint32_t vertex = work.back();
    work.pop_back();
    for (const std::uint32_t arc : forward ? graph.leaving(vertex) : graph.entering(vertex)) {
      visit(forward ? graph.arcs()[arc].to : graph.arcs()[arc].from);
    }
  }
  return seen;
}

using Directed = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

}  // namespace

Digraph::Digraph(std::uint32_t vertex_count, std::vector<Arc> arcs)
    : vertex_count_(vertex_count),
      arcs_(std::move(arcs)),
      leaving_starts_(vertex_count + std::size_t{1}),
      entering_starts_(vertex_count + std::size_t{1}) {
  std::vector<std::uint32_t> order(arcs_.size()), starts(vertex_count + std::size_t{1});
  std::iota(order.begin(), order.end(), 0U);
  // Two passes of counting: dealt out by one end, then by the other, each list ascends by the first.
  std::vector<std::uint32_t> sorted;
  bucket(order, arcs_, &Arc::to, sorted, starts);
  bucket(sorted, arcs_, &Arc::from, leaving_, leaving_starts_);
  starts.assign(starts.size(), 0);
  bucket(order, arcs_, &Arc::from, sorted, starts);
  bucket(sorted, arcs_, &Arc::to, entering_, entering_starts_);
}

std::vector<bool> reachable(const Digraph& graph, std::span<const std::uint32_t> sources) {
  return spread(graph, sources, true);
}

std::vector<bool> reaching(const Digraph& graph, std::span<const std::uint32_t> targets) {
  return spread(graph, targets, false);
}

Components strongly_connected_components(const Digraph& graph) {
  Directed copy(graph.vertex_count());
  for (const Digraph::Arc& arc : graph.arcs()) boost::add_edge(arc.from, arc.to, copy);
  std::vector<std::uint32_t> found(graph.vertex_count());
  const std::uint32_t count = boost::strong_components(
      copy, boost::make_iterator_property_map(found.begin(), boost::get(boost::vertex_index, copy)));
  Components components;
  components.of.resize(graph.vertex_count());
  std::vector<std::uint32_t> numbers(count, Digraph::none);
  for (std::uint32_t vertex = 0; vertex < graph.vertex_count(); ++vertex) {
    std::uint32_t& number = numbers[found[vertex]];
    if (number == Digraph::none) {
      number = static_cast<std::uint32_t>(components.members.size());
      components.members.emplace_back();
    }
    components.of[vertex] = number;
    components.members[number].push_back(vertex);
  }
  return components;
}

}  // namespace cordon::graph
