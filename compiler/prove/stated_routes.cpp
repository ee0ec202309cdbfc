// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/stated_routes.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>

namespace cordon::prove {
namespace {

constexpr std::uint64_t nowhere = std::numeric_limits<std::uint64_t>::max();

bool lies_within(const packet::Prefix& inner, const packet::Prefix& outer) {
  return inner.family() == outer.family() && inner.length >= outer.length && outer.contains(inner.address);
}

// A route of the vertex, by the interface that its next hop is behind.
struct Leg {
  packet::Prefix to;
  EdgeId out;
};

std::vector<Leg> legs_of(const Forwarding& forwarding, VertexId vertex) {
  const ir::Policy& policy = forwarding.policy();
  std::vector<Leg> legs;
  for (const ir::StaticRoute& route : policy.devices[forwarding.vertices()[vertex].device].routes) {
    for (const EdgeId edge : forwarding.vertices()[vertex].edges) {
      const ir::Network& network = policy.networks[forwarding.edges()[edge].network];
      const bool here = forwarding.interface_of(edge).vrf == route.vrf &&
                        network.addresses.of(route.via.family).contains(route.via);
      if (here) legs.push_back({.to = route.to, .out = edge});
    }
  }
  return legs;
}

// Every leg that some packet for the prefix may take; nothing when some find none.
std::optional<std::vector<EdgeId>> legs_to(const std::vector<Leg>& legs, const packet::Prefix& prefix) {
  int closest = -1;
  std::vector<EdgeId> found;
  for (const Leg& leg : legs) {
    if (lies_within(prefix, leg.to)) closest = std::max(closest, int{leg.to.length});
  }
  if (closest < 0) return std::nullopt;
  for (const Leg& leg : legs) {
    const bool whole = lies_within(prefix, leg.to) && leg.to.length == closest;
    const bool part = lies_within(leg.to, prefix) && leg.to.length > prefix.length;
    if (whole || part) found.push_back(leg.out);
  }
  return found;
}

std::vector<packet::Prefix> goals(const ir::Network& network, packet::Family family) {
  std::vector<packet::Prefix> found;
  if (network.any(family)) found.push_back({.address = {.family = family, .bits = 0}, .length = 0});
  for (const packet::Prefix& prefix : network.prefixes) {
    if (prefix.family() == family) found.push_back(prefix);
  }
  return found;
}

bool stands_on(const Forwarding& forwarding, VertexId vertex, ir::NetworkId network) {
  return std::ranges::any_of(forwarding.edges_at(network),
                             [&](EdgeId edge) { return forwarding.edges()[edge].vertex == vertex; });
}

}  // namespace

StatedRoutes::StatedRoutes(const Forwarding& forwarding) : forwarding_(&forwarding) {
  const ir::Policy& policy = forwarding.policy();
  for (const VertexId vertex : forwarding.vertices().ids()) {
    const ir::Device& device = policy.devices[forwarding.vertices()[vertex].device];
    if (device.shortest_routing || !device.routes.empty()) tables_.emplace(vertex, table_of(vertex));
  }
  if (!any()) return;
  std::map<std::vector<std::array<Choice, 2>>, RouteClassId> known;
  for (const ir::NetworkId network : policy.networks.ids()) {
    std::vector<std::array<Choice, 2>> answers;
    for (const auto& [vertex, table] : tables_) answers.push_back(table[network.value]);
    const RouteClassId next{static_cast<std::uint32_t>(samples_.size())};
    const auto [entry, added] = known.try_emplace(std::move(answers), next);
    if (added) samples_.push_back(network);
    classes_.push_back(entry->second);
  }
}

bool StatedRoutes::allows(VertexId vertex, EdgeId out, RouteClassId to, packet::Family family) const {
  const auto table = tables_.find(vertex);
  if (table == tables_.end() || !to.valid()) return true;
  const Choice& choice = table->second[samples_[to.value].value][static_cast<std::size_t>(family)];
  return !choice || std::ranges::find(*choice, out) != choice->end();
}

StatedRoutes::Table StatedRoutes::table_of(VertexId vertex) const {
  Table table(forwarding_->policy().networks.size());
  if (forwarding_->policy().devices[forwarding_->vertices()[vertex].device].shortest_routing)
    choose_least_cost(vertex, table);
  choose_routed(vertex, table);
  return table;
}

void StatedRoutes::choose_least_cost(VertexId vertex, Table& table) const {
  std::vector<std::uint64_t> least(table.size(), nowhere);
  std::vector<std::vector<EdgeId>> by(table.size());
  for (const EdgeId edge : forwarding_->vertices()[vertex].edges) {
    const std::vector<std::uint64_t> costs = costs_by(edge);
    for (std::size_t i = 0; i < costs.size(); ++i) {
      if (costs[i] == nowhere || costs[i] > least[i]) continue;
      if (costs[i] < least[i]) by[i].clear();
      least[i] = costs[i];
      by[i].push_back(edge);
    }
  }
  for (const ir::NetworkId network : forwarding_->policy().networks.ids()) {
    if (least[network.value] == nowhere || stands_on(*forwarding_, vertex, network)) continue;
    table[network.value].fill(by[network.value]);
  }
}

// What packets that leave by the interface pay to each network, at least. Leaving is what costs.
std::vector<std::uint64_t> StatedRoutes::costs_by(EdgeId first) const {
  const auto cost_of = [&](EdgeId edge) -> std::uint64_t {
    return forwarding_->interface_of(edge).cost.value_or(1);
  };
  std::vector<std::uint64_t> costs(forwarding_->policy().networks.size(), nowhere);
  using Arrival = std::pair<std::uint64_t, ir::NetworkId>;
  std::priority_queue<Arrival, std::vector<Arrival>, std::greater<>> arrivals;
  const auto send = [&](EdgeId by, std::uint64_t before) {
    const ir::NetworkId network = forwarding_->edges()[by].network;
    const std::uint64_t cost = before + cost_of(by);
    if (cost >= costs[network.value]) return;
    costs[network.value] = cost;
    arrivals.emplace(cost, network);
  };
  send(first, 0);
  while (!arrivals.empty()) {
    const auto [cost, network] = arrivals.top();
    arrivals.pop();
    if (cost > costs[network.value] || !forwarding_->passes_through(network)) continue;
    for (const EdgeId in : forwarding_->edges_at(network)) {
      for (const EdgeId out : forwarding_->vertices()[forwarding_->edges()[in].vertex].edges) {
        if (out != in && forwarding_->edges()[out].vertex != forwarding_->edges()[first].vertex)
          send(out, cost);
      }
    }
  }
  return costs;
}

void StatedRoutes::choose_routed(VertexId vertex, Table& table) const {
  const std::vector<Leg> legs = legs_of(*forwarding_, vertex);
  if (legs.empty()) return;
  for (const ir::NetworkId id : forwarding_->policy().networks.ids()) {
    if (stands_on(*forwarding_, vertex, id)) continue;
    for (const packet::Family family : packet::families) {
      const auto wanted = goals(forwarding_->policy().networks[id], family);
      std::vector<EdgeId> found;
      bool all = !wanted.empty();
      for (const packet::Prefix& prefix : wanted) {
        const auto some = legs_to(legs, prefix);
        all = all && some.has_value();
        if (some) found.insert(found.end(), some->begin(), some->end());
      }
      if (all) table[id.value][static_cast<std::size_t>(family)] = std::move(found);
    }
  }
}

}  // namespace cordon::prove
