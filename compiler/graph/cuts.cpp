// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/cuts.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/edmonds_karp_max_flow.hpp>

namespace cordon::graph {
namespace {

using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using Reverse = boost::property<boost::edge_reverse_t, Traits::edge_descriptor>;
using Residual = boost::property<boost::edge_residual_capacity_t, std::uint64_t, Reverse>;
using Capacity = boost::property<boost::edge_capacity_t, std::uint64_t, Residual>;
using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property, Capacity>;

// Pipes from a source to a sink. What cannot be removed has room for more than all the rest together.
class Pipes {
 public:
  Pipes(std::size_t nodes, std::span<const std::uint32_t> costs) : graph_(nodes + 2), source_(nodes) {
    for (const std::uint32_t cost : costs) boundless_ += cost == unremovable ? 0 : cost;
  }

  [[nodiscard]] std::size_t source() const { return source_; }
  [[nodiscard]] std::size_t sink() const { return source_ + 1; }

  void join(std::size_t from, std::size_t to, std::uint32_t cost = unremovable) {
    const auto there = boost::add_edge(from, to, graph_).first;
    const auto back = boost::add_edge(to, from, graph_).first;
    boost::put(boost::edge_capacity, graph_, there, cost == unremovable ? boundless_ : cost);
    boost::put(boost::edge_capacity, graph_, back, 0);
    boost::put(boost::edge_reverse, graph_, there, back);
    boost::put(boost::edge_reverse, graph_, back, there);
  }

  // What the source still reaches when the flow is full; nothing when no removable part stops it.
  std::optional<std::vector<bool>> fill() {
    if (spread(boost::get(boost::edge_capacity, graph_), boundless_)[sink()]) return std::nullopt;
    boost::edmonds_karp_max_flow(graph_, source(), sink());
    return spread(boost::get(boost::edge_residual_capacity, graph_), 1);
  }

 private:
  // The nodes that are reached where there is at least so much room.
  template <class Room>
  [[nodiscard]] std::vector<bool> spread(const Room& room, std::uint64_t wanted) const {
    std::vector<bool> seen(boost::num_vertices(graph_));
    std::vector<std::size_t> work{source()};
    seen[source()] = true;
    while (!work.empty()) {
      const std::size_t node = work.back();
      work.pop_back();
      for (auto [edge, end] = boost::out_edges(node, graph_); edge != end; ++edge) {
        const std::size_t next = boost::target(*edge, graph_);
        if (seen[next] || boost::get(room, *edge) < wanted) continue;
        seen[next] = true;
        work.push_back(next);
      }
    }
    return seen;
  }

  Graph graph_;
  std::size_t source_;
  std::uint64_t boundless_ = 1;
};

// The vertices on some way from a source to a target; the rest carries no flow.
std::vector<bool> between(const Digraph& graph, std::span<const std::uint32_t> sources,
                          std::span<const std::uint32_t> targets) {
  std::vector<bool> found = reachable(graph, sources);
  const std::vector<bool> back = reaching(graph, targets);
  for (std::uint32_t vertex = 0; vertex < graph.vertex_count(); ++vertex)
    found[vertex] = found[vertex] && back[vertex];
  return found;
}

}  // namespace

std::optional<Cut> minimum_vertex_cut(const Digraph& graph, std::span<const std::uint32_t> sources,
                                      std::span<const std::uint32_t> targets,
                                      std::span<const std::uint32_t> costs) {
  const std::vector<bool> on_way = between(graph, sources, targets);
  const auto entrance = [](std::uint32_t vertex) { return std::size_t{vertex} * 2; };
  const auto exit = [](std::uint32_t vertex) { return std::size_t{vertex} * 2 + 1; };
  std::vector<bool> stays(graph.vertex_count());
  for (const std::uint32_t source : sources) stays[source] = true;
  for (const std::uint32_t target : targets) stays[target] = true;

  Pipes pipes(entrance(graph.vertex_count()), costs);
  for (std::uint32_t vertex = 0; vertex < graph.vertex_count(); ++vertex) {
    if (on_way[vertex])
      pipes.join(entrance(vertex), exit(vertex), stays[vertex] ? unremovable : costs[vertex]);
  }
  for (const Digraph::Arc& arc : graph.arcs()) {
    if (on_way[arc.from] && on_way[arc.to]) pipes.join(exit(arc.from), entrance(arc.to));
  }
  for (const std::uint32_t source : sources) pipes.join(pipes.source(), entrance(source));
  for (const std::uint32_t target : targets) pipes.join(exit(target), pipes.sink());

  const auto reached = pipes.fill();
  if (!reached) return std::nullopt;
  Cut cut;
  for (std::uint32_t vertex = 0; vertex < graph.vertex_count(); ++vertex) {
    if (!on_way[vertex] || !(*reached)[entrance(vertex)] || (*reached)[exit(vertex)]) continue;
    cut.items.push_back(vertex);
    cut.cost += costs[vertex];
  }
  return cut;
}

std::optional<Cut> minimum_arc_cut(const Digraph& graph, std::span<const std::uint32_t> sources,
                                   std::span<const std::uint32_t> targets,
                                   std::span<const std::uint32_t> costs) {
  const std::vector<bool> on_way = between(graph, sources, targets);
  const std::vector<Digraph::Arc>& arcs = graph.arcs();
  Pipes pipes(graph.vertex_count(), costs);
  for (std::uint32_t i = 0; i < arcs.size(); ++i) {
    if (on_way[arcs[i].from] && on_way[arcs[i].to]) pipes.join(arcs[i].from, arcs[i].to, costs[i]);
  }
  for (const std::uint32_t source : sources) pipes.join(pipes.source(), source);
  for (const std::uint32_t target : targets) pipes.join(target, pipes.sink());

  const auto reached = pipes.fill();
  if (!reached) return std::nullopt;
  Cut cut;
  for (std::uint32_t i = 0; i < arcs.size(); ++i) {
    if (!on_way[arcs[i].to] || !(*reached)[arcs[i].from] || (*reached)[arcs[i].to]) continue;
    cut.items.push_back(i);
    cut.cost += costs[i];
  }
  return cut;
}

}  // namespace cordon::graph
