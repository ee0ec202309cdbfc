// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/routing.h"

#include <algorithm>
#include <functional>
#include <queue>
#include <utility>

namespace cordon::graph {
namespace {

constexpr std::uint64_t unreachable = UINT64_MAX;

struct Reach {
  std::uint64_t cost = unreachable;
  Routing::Ways first;  // by which interfaces the least-cost paths start
};

Routing::Ways join(const Routing::Ways& a, const Routing::Ways& b) {
  Routing::Ways both;
  std::ranges::set_union(a, b, std::back_inserter(both));
  return both;
}

// Least-cost paths from one device. Networks and devices alternate; only core networks are walked
// through, others are ends.
class ShortestPaths {
 public:
  ShortestPaths(const ir::Policy& policy, const RoutedGraph& graph, VertexId start)
      : policy_(policy), graph_(graph), networks_(policy.networks.size()), devices_(graph.vertices.size()) {
    devices_[start.value] = {.cost = 0, .first = {}};
    queue_.emplace(0, start);
    while (!queue_.empty()) {
      const auto [cost, vertex] = queue_.top();
      queue_.pop();
      if (cost == devices_[vertex.value].cost) leave(vertex, vertex == start);
    }
  }

  [[nodiscard]] const Reach& to(ir::NetworkId network) const { return networks_[network.value]; }

 private:
  static bool better(Reach& known, std::uint64_t cost, const Routing::Ways& first) {
    if (cost > known.cost) return false;
    Routing::Ways joined = cost == known.cost ? join(known.first, first) : first;
    if (cost == known.cost && joined == known.first) return false;
    known = {.cost = cost, .first = std::move(joined)};
    return true;
  }

  void leave(VertexId vertex, bool start) {
    for (const AttachmentId id : graph_.vertices[vertex].attachments) {
      const Attachment& out = graph_.attachments[id];
      const ir::Interface& interface =
          policy_.devices[graph_.vertices[vertex].device].interfaces[out.interface];
      const std::uint64_t cost = devices_[vertex.value].cost + interface.cost.value_or(1);
      const Routing::Ways first = start ? Routing::Ways{id} : devices_[vertex.value].first;
      if (!better(networks_[out.network.value], cost, first) || !out.core) continue;
      for (const AttachmentId in : graph_.by_network[out.network.value]) {
        const VertexId next = graph_.attachments[in].vertex;
        const Reach& reach = networks_[out.network.value];
        if (next != vertex && better(devices_[next.value], reach.cost, reach.first))
          queue_.emplace(reach.cost, next);
      }
    }
  }

  const ir::Policy& policy_;
  const RoutedGraph& graph_;
  std::vector<Reach> networks_, devices_;
  using Entry = std::pair<std::uint64_t, VertexId>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue_;
};

bool attached(const RoutedGraph& graph, VertexId vertex, ir::NetworkId network) {
  return std::ranges::any_of(graph.by_network[network.value],
                             [&](AttachmentId id) { return graph.attachments[id].vertex == vertex; });
}

bool covers(const packet::Prefix& outer, const packet::Prefix& inner) {
  return outer.family() == inner.family() && outer.length <= inner.length && outer.contains(inner.address);
}

struct Hop {
  packet::Prefix to;
  AttachmentId out;
};

std::vector<Hop> hops(const ir::Policy& policy, const RoutedGraph& graph, VertexId vertex) {
  std::vector<Hop> found;
  for (const ir::StaticRoute& route : policy.devices[graph.vertices[vertex].device].routes) {
    if (route.vrf != graph.vertices[vertex].vrf) continue;
    for (const AttachmentId id : graph.vertices[vertex].attachments) {
      const ir::Network& network = policy.networks[graph.attachments[id].network];
      if (network.addresses.of(route.via.family).contains(route.via)) found.push_back({route.to, id});
    }
  }
  return found;
}

// Adds the ways of the longest routes over the prefix, and of all routes to parts of it. False when no
// route covers all of it.
bool add_ways(const std::vector<Hop>& hops, const packet::Prefix& prefix, Routing::Ways& ways) {
  int longest = -1;
  for (const Hop& hop : hops) {
    if (covers(hop.to, prefix)) longest = std::max(longest, static_cast<int>(hop.to.length));
  }
  for (const Hop& hop : hops) {
    const bool best = covers(hop.to, prefix) && hop.to.length == longest;
    if (best || (hop.to.length > prefix.length && covers(prefix, hop.to))) ways.push_back(hop.out);
  }
  return longest >= 0;
}

}  // namespace

Routing::Routing(const ir::Policy& policy, const RoutedGraph& graph) {
  for (const VertexId vertex : graph.vertices.ids()) {
    const ir::Device& device = policy.devices[graph.vertices[vertex].device];
    if (!device.shortest_routing && device.routes.empty()) continue;
    Table table;
    for (std::vector<std::uint32_t>& entries : table) entries.resize(policy.networks.size());
    if (device.shortest_routing) follow_costs(policy, graph, vertex, table);
    follow_routes(policy, graph, vertex, table);
    stated_.emplace(vertex, std::move(table));
  }
  if (any()) classify(policy.networks.size());
}

std::uint32_t Routing::intern(Ways ways) {
  std::ranges::sort(ways);
  ways.erase(std::ranges::unique(ways).begin(), ways.end());
  const auto [entry, added] = ids_.try_emplace(std::move(ways), static_cast<std::uint32_t>(ways_.size()));
  if (added) ways_.push_back(&entry->first);
  return entry->second + 1;
}

void Routing::follow_costs(const ir::Policy& policy, const RoutedGraph& graph, VertexId vertex,
                           Table& table) {
  const ShortestPaths paths(policy, graph, vertex);
  for (const ir::NetworkId network : policy.networks.ids()) {
    if (paths.to(network).cost == unreachable || attached(graph, vertex, network)) continue;
    const std::uint32_t ways = intern(paths.to(network).first);
    for (std::vector<std::uint32_t>& entries : table) entries[network.value] = ways;
  }
}

void Routing::follow_routes(const ir::Policy& policy, const RoutedGraph& graph, VertexId vertex,
                            Table& table) {
  const std::vector<Hop> known = hops(policy, graph, vertex);
  if (known.empty()) return;
  for (const ir::NetworkId id : policy.networks.ids()) {
    const ir::Network& network = policy.networks[id];
    if (attached(graph, vertex, id)) continue;
    for (const ir::Family family : packet::families) {
      Ways ways;
      bool covered = network.any(family);
      if (network.any(family)) {
        covered = add_ways(known, {.address = {.family = family, .bits = 0}, .length = 0}, ways);
      }
      for (const packet::Prefix& prefix : network.prefixes) {
        if (prefix.family() != family) continue;
        covered = add_ways(known, prefix, ways);
        if (!covered) break;
      }
      if (covered) table[static_cast<std::size_t>(family)][id.value] = intern(std::move(ways));
    }
  }
}

void Routing::classify(std::size_t networks) {
  std::map<std::vector<std::uint32_t>, std::uint32_t> known;
  classes_.resize(networks);
  for (std::uint32_t i = 0; i < networks; ++i) {
    std::vector<std::uint32_t> row;
    for (const auto& [vertex, table] : stated_) row.insert(row.end(), {table[0][i], table[1][i]});
    classes_[i] = known.try_emplace(std::move(row), static_cast<std::uint32_t>(known.size())).first->second;
  }
}

const Routing::Ways* Routing::ways(VertexId vertex, ir::NetworkId to, ir::Family family) const {
  const auto stated = stated_.find(vertex);
  if (stated == stated_.end()) return nullptr;
  const std::uint32_t entry = stated->second[static_cast<std::size_t>(family)][to.value];
  return entry == 0 ? nullptr : ways_[entry - 1];
}

}  // namespace cordon::graph
