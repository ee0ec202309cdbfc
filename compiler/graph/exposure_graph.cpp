// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/exposure_graph.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <utility>

#include "compiler/graph/cuts.h"
#include "compiler/graph/paths.h"

namespace cordon::graph {
namespace {

using ir::Family;
using Set = std::vector<PartyId>;  // ascending

struct Ends {
  std::span<const PartyId> from, to;
};

bool holds(const Ends& outer, const Ends& inner) {
  return std::ranges::includes(outer.from, inner.from) && std::ranges::includes(outer.to, inner.to);
}

Set join(std::span<const PartyId> a, std::span<const PartyId> b) {
  Set both;
  std::ranges::set_union(a, b, std::back_inserter(both));
  return both;
}

std::vector<std::uint32_t> numbers(std::span<const PartyId> parties) {
  std::vector<std::uint32_t> found;
  for (const PartyId party : parties) found.push_back(party.value);
  return found;
}

// Collects links, and a vertex for each set of parties that one starts or ends at.
class Builder {
 public:
  Builder(const ir::Policy& policy, const Parties& parties)
      : policy_(policy),
        parties_(parties),
        met_(policy.endpoints.size()),
        occurs_(policy.service_lists.size()),
        vertex_count_(static_cast<std::uint32_t>(parties.all().size())) {
    for (const ir::ServiceListId id : policy.service_lists.ids()) {
      for (const Family family : packet::families) {
        occurs_[id.value].at(static_cast<std::size_t>(family)) =
            !packet::in_family(policy.service_lists[id].terms, family).empty();
      }
    }
    for (const ir::ConduitId id : policy.conduits.ids()) {
      for (std::uint32_t i = 0; i < policy.conduits[id].flows.size(); ++i)
        add(policy.conduits[id].flows[i], {.conduit = id, .index = i});
    }
  }

  [[nodiscard]] std::uint32_t vertex_count() const { return vertex_count_; }
  [[nodiscard]] const std::vector<Digraph::Arc>& gathering() const { return gathering_; }
  [[nodiscard]] const std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<ir::FlowId>>& links()
      const {
    return links_;
  }

 private:
  struct Met {
    bool known = false;
    std::array<Set, 2> by_family;
  };

  const Set& met(ir::EndpointId id, Family family) {
    Met& met = met_[id.value];
    if (!met.known) {
      for (const Family each : packet::families) {
        met.by_family.at(static_cast<std::size_t>(each)) = parties_.met_by(policy_.endpoints[id], each);
      }
      met.known = true;
    }
    return met.by_family.at(static_cast<std::size_t>(family));
  }

  // A flow of both families is one link where one of them says it all, or where one of its ends is the same
  // parties in both.
  void add(const ir::Flow& flow, ir::FlowId ref) {
    std::vector<Ends> ends;
    for (const Family family : packet::families) {
      if (!occurs_[flow.services.value].at(static_cast<std::size_t>(family))) continue;
      const Ends found{.from = met(flow.from, family), .to = met(flow.to, family)};
      if (!found.from.empty() && !found.to.empty()) ends.push_back(found);
    }
    if (ends.size() == 2 && holds(ends[0], ends[1])) ends.pop_back();
    if (ends.size() == 2 && holds(ends[1], ends[0])) ends.erase(ends.begin());
    if (ends.size() == 2 && std::ranges::equal(ends[0].from, ends[1].from)) {
      link(ends[0].from, join(ends[0].to, ends[1].to), ref);
    } else if (ends.size() == 2 && std::ranges::equal(ends[0].to, ends[1].to)) {
      link(join(ends[0].from, ends[1].from), ends[0].to, ref);
    } else {
      for (const Ends& each : ends) link(each.from, each.to, ref);
    }
  }

  void link(std::span<const PartyId> from, std::span<const PartyId> to, ir::FlowId ref) {
    const std::uint32_t start = vertex_of(from, true), end = vertex_of(to, false);
    if (start != end) links_[{start, end}].push_back(ref);
  }

  std::uint32_t vertex_of(std::span<const PartyId> parties, bool start) {
    if (parties.size() == 1) return parties.front().value;
    const auto [entry, added] =
        vertices_.try_emplace({start, Set(parties.begin(), parties.end())}, vertex_count_);
    if (!added) return entry->second;
    for (const PartyId party : parties) {
      gathering_.push_back(start ? Digraph::Arc{.from = party.value, .to = vertex_count_}
                                 : Digraph::Arc{.from = vertex_count_, .to = party.value});
    }
    return vertex_count_++;
  }

  const ir::Policy& policy_;
  const Parties& parties_;
  std::vector<Met> met_;                     // by endpoint
  std::vector<std::array<bool, 2>> occurs_;  // some service of the list can occur in the family
  std::uint32_t vertex_count_;
  std::vector<Digraph::Arc> gathering_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<ir::FlowId>> links_;
  std::map<std::pair<bool, Set>, std::uint32_t> vertices_;
};

}  // namespace

ExposureGraph::ExposureGraph(const ir::Policy& policy) : parties_(policy) {
  const Builder builder(policy, parties_);
  std::vector<Digraph::Arc> arcs;
  for (const auto& [ends, flows] : builder.links()) {
    arcs.push_back({.from = ends.first, .to = ends.second});
    flow_starts_.push_back(static_cast<std::uint32_t>(flows_.size()));
    flows_.insert(flows_.end(), flows.begin(), flows.end());
  }
  arcs.insert(arcs.end(), builder.gathering().begin(), builder.gathering().end());
  flow_starts_.resize(arcs.size() + 1, static_cast<std::uint32_t>(flows_.size()));
  digraph_ = Digraph(builder.vertex_count(), std::move(arcs));
  through_.resize(builder.vertex_count());
  std::fill(through_.begin() + static_cast<std::ptrdiff_t>(parties_.all().size()), through_.end(), true);
}

std::vector<ir::FlowId> ExposureGraph::flows(PartyId from, PartyId to) const {
  std::vector<ir::FlowId> found;
  const auto leads_to = [&](std::uint32_t vertex) {
    if (vertex == to.value) return true;
    if (is_party(vertex)) return false;
    return std::ranges::binary_search(digraph_.leaving(vertex), to.value, {},
                                      [&](std::uint32_t arc) { return digraph_.arcs()[arc].to; });
  };
  const auto take = [&](std::uint32_t arc) {
    if (flows(arc).empty() || !leads_to(digraph_.arcs()[arc].to)) return;
    found.insert(found.end(), flows(arc).begin(), flows(arc).end());
  };
  for (const std::uint32_t arc : digraph_.leaving(from.value)) {
    take(arc);
    if (flows(arc).empty()) std::ranges::for_each(digraph_.leaving(digraph_.arcs()[arc].to), take);
  }
  std::ranges::sort(found);
  found.erase(std::ranges::unique(found).begin(), found.end());
  return found;
}

namespace {

// The parties next to this one, along arcs or against them, by way of what is passed through.
std::vector<PartyId> neighbours(const ExposureGraph& graph, PartyId party, bool forward) {
  const Digraph& digraph = graph.digraph();
  std::vector<PartyId> found;
  std::vector<bool> seen(digraph.vertex_count());
  std::vector<std::uint32_t> work{party.value};
  seen[party.value] = true;
  while (!work.empty()) {
    const std::uint32_t vertex = work.back();
    work.pop_back();
    for (const std::uint32_t arc : forward ? digraph.leaving(vertex) : digraph.entering(vertex)) {
      const std::uint32_t next = forward ? digraph.arcs()[arc].to : digraph.arcs()[arc].from;
      if (seen[next]) continue;
      seen[next] = true;
      if (graph.is_party(next)) {
        found.push_back(PartyId{next});
      } else {
        work.push_back(next);
      }
    }
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace

std::vector<PartyId> ExposureGraph::targets_of(PartyId party) const { return neighbours(*this, party, true); }
std::vector<PartyId> ExposureGraph::sources_of(PartyId party) const {
  return neighbours(*this, party, false);
}

std::vector<std::uint32_t> ExposureGraph::party_costs() const {
  std::vector<std::uint32_t> costs(digraph_.vertex_count(), unremovable);
  std::fill_n(costs.begin(), parties_.all().size(), 1U);
  return costs;
}

std::vector<std::uint32_t> ExposureGraph::flow_costs() const {
  std::vector<std::uint32_t> costs(digraph_.arcs().size(), unremovable);
  for (std::uint32_t arc = 0; arc < costs.size(); ++arc) {
    if (!flows(arc).empty()) costs[arc] = static_cast<std::uint32_t>(flows(arc).size());
  }
  return costs;
}

std::vector<AttackPath> attack_paths(const ExposureGraph& graph, std::span<const PartyId> from,
                                     std::span<const PartyId> to, std::size_t count) {
  std::vector<AttackPath> found;
  for (const Path& path :
       shortest_paths(graph.digraph(), numbers(from), numbers(to), count, graph.through())) {
    AttackPath attack;
    for (const std::uint32_t stop : path) attack.parties.push_back(PartyId{stop});
    for (std::size_t i = 1; i < path.size(); ++i)
      attack.hops.push_back(graph.flows(attack.parties[i - 1], attack.parties[i]));
    found.push_back(std::move(attack));
  }
  return found;
}

std::vector<PartyId> exposed_to(const ExposureGraph& graph, std::span<const PartyId> from) {
  const std::vector<bool> reached = reachable(graph.digraph(), numbers(from));
  std::vector<PartyId> found;
  for (const PartyId party : graph.parties().all().ids()) {
    if (reached[party.value]) found.push_back(party);
  }
  return found;
}

std::vector<PartyId> passed_by_all(const ExposureGraph& graph, std::span<const PartyId> from, PartyId to) {
  const Dominators dominators(graph.digraph(), numbers(from));
  std::vector<PartyId> found;
  for (const std::uint32_t vertex : dominators.of(to.value)) {
    if (graph.is_party(vertex)) found.push_back(PartyId{vertex});
  }
  return found;
}

}  // namespace cordon::graph
