// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/attack_ways.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "compiler/check/suggestions.h"
#include "compiler/graph/cuts.h"
#include "compiler/graph/paths.h"

namespace cordon::check {
namespace {

using graph::Digraph;
using graph::ExposureGraph;
using Vertices = std::vector<std::uint32_t>;

Vertices vertices_of(const std::vector<PartyId>& parties) {
  Vertices vertices;
  for (const PartyId party : parties) vertices.push_back(party.value);
  return vertices;
}

// The exposure graph without the closed parties.
struct OpenGraph {
  Digraph digraph;
  Vertices arcs;  // where each of its arcs stands in the exposure graph
};

OpenGraph open_graph(const ExposureGraph& exposure, const std::vector<bool>& closed) {
  OpenGraph open;
  std::vector<Digraph::Arc> arcs;
  const auto& all = exposure.digraph().arcs();
  for (std::uint32_t position = 0; position < all.size(); ++position) {
    const Digraph::Arc& arc = all[position];
    if (closed[arc.from] || closed[arc.to]) continue;
    arcs.push_back(arc);
    open.arcs.push_back(position);
  }
  open.digraph = Digraph(exposure.digraph().vertex_count(), std::move(arcs));
  return open;
}

std::vector<ir::FlowId> fewest_flows(const ExposureGraph& exposure, const OpenGraph& open,
                                     const Vertices& from, const Vertices& to) {
  const Vertices all_costs = exposure.flow_costs();
  Vertices costs;
  for (const std::uint32_t arc : open.arcs) costs.push_back(all_costs[arc]);
  std::vector<ir::FlowId> flows;
  const auto cut = graph::minimum_arc_cut(open.digraph, from, to, costs);
  if (!cut) return flows;
  for (const std::uint32_t arc : cut->items) {
    const std::span<const ir::FlowId> link = exposure.flows(open.arcs[arc]);
    flows.insert(flows.end(), link.begin(), link.end());
  }
  std::ranges::sort(flows);
  flows.erase(std::ranges::unique(flows).begin(), flows.end());
  return flows;
}

std::vector<PartyId> fewest_parties(const ExposureGraph& exposure, const OpenGraph& open,
                                    const Vertices& from, const Vertices& to) {
  std::vector<PartyId> parties;
  const auto cut = graph::minimum_vertex_cut(open.digraph, from, to, exposure.party_costs());
  if (!cut) return parties;
  for (const std::uint32_t vertex : cut->items) parties.push_back(PartyId{vertex});
  return parties;
}

// Targets that are neither closed nor opened to directly; what is opened to directly is closed from then on.
std::vector<PartyId> distant(const ExposureGraph& exposure, const std::vector<PartyId>& from,
                             const std::vector<PartyId>& to, std::vector<bool>& closed) {
  std::vector<bool> direct(exposure.digraph().vertex_count());
  for (const PartyId party : from) {
    for (const PartyId next : exposure.targets_of(party)) direct[next.value] = true;
  }
  std::vector<PartyId> found;
  for (const PartyId party : to) {
    if (direct[party.value]) closed[party.value] = true;
    if (!closed[party.value]) found.push_back(party);
  }
  return found;
}

std::vector<ir::ZoneId> zones_reached(const ExposureGraph& exposure, const OpenGraph& open,
                                      const Vertices& from, const std::vector<PartyId>& to) {
  const std::vector<bool> reached = graph::reachable(open.digraph, from);
  std::vector<ir::ZoneId> zones;
  for (const PartyId party : to) {
    if (reached[party.value]) zones.push_back(exposure.parties().all()[party].zone);
  }
  std::ranges::sort(zones);
  zones.erase(std::ranges::unique(zones).begin(), zones.end());
  return zones;
}

std::string flow_list(const Context& context, const std::vector<ir::FlowId>& flows) {
  constexpr std::size_t shown = 4;
  std::string text;
  for (std::size_t i = 0; i < flows.size() && i < shown; ++i) {
    text += fmt::format("{}flow {} of conduit `{}`", i == 0 ? "" : ", ", flows[i].index + 1,
                        context.policy().conduits[flows[i].conduit].name);
  }
  if (flows.size() > shown) text += fmt::format(" and {} more", flows.size() - shown);
  return text;
}

std::string party_list(const Context& context, const std::vector<PartyId>& parties) {
  constexpr std::size_t shown = 4;
  std::string text;
  for (std::size_t i = 0; i < parties.size() && i < shown; ++i)
    text += fmt::format("{}{}", i == 0 ? "" : ", ", context.exposure().parties().all()[parties[i]].label);
  if (parties.size() > shown) text += fmt::format(" and {} more", parties.size() - shown);
  return text;
}

}  // namespace

std::string zone_list(const Context& context, const std::vector<ir::ZoneId>& zones) {
  constexpr std::size_t shown = 6;
  std::string text;
  for (std::size_t i = 0; i < zones.size() && i < shown; ++i)
    text += fmt::format("{}`{}`", i == 0 ? "" : ", ", context.zone(zones[i]).name);
  if (zones.size() > shown) text += fmt::format(" and {} more", zones.size() - shown);
  return text;
}

std::vector<PartyId> parties_of(const Context& context, const ZoneTest& test) {
  const graph::Parties& parties = context.exposure().parties();
  std::vector<PartyId> found;
  for (const ir::ZoneId zone : context.policy().zones.ids()) {
    if (!test(context.zone(zone))) continue;
    found.insert(found.end(), parties.of(zone).begin(), parties.of(zone).end());
  }
  return found;
}

std::optional<AttackWay> find_attack_way(const Context& context, const std::vector<PartyId>& from,
                                         const std::vector<PartyId>& to, const std::vector<PartyId>& closed) {
  const ExposureGraph& exposure = context.exposure();
  std::vector<bool> holds_out(exposure.digraph().vertex_count());
  for (const PartyId party : closed) holds_out[party.value] = true;
  const std::vector<PartyId> targets = distant(exposure, from, to, holds_out);
  const OpenGraph open = open_graph(exposure, holds_out);
  const Vertices sources = vertices_of(from), ends = vertices_of(targets);
  const auto ways =
      graph::shortest_paths(open.digraph, sources, ends, AttackWay::further_limit + 1, exposure.through());
  if (ways.empty()) return std::nullopt;
  AttackWay way;
  for (const std::uint32_t stop : ways.front()) way.parties.push_back(PartyId{stop});
  way.further = ways.size() - 1;
  way.cut = fewest_flows(exposure, open, sources, ends);
  way.gates = fewest_parties(exposure, open, sources, ends);
  way.reached = zones_reached(exposure, open, sources, targets);
  return way;
}

std::vector<const FlowFact*> flows_along(const Context& context, const std::vector<PartyId>& parties) {
  std::vector<const FlowFact*> facts;
  for (std::size_t i = 1; i < parties.size(); ++i) {
    const std::vector<ir::FlowId> flows = context.exposure().flows(parties[i - 1], parties[i]);
    facts.push_back(&context.flow_at(flows.front()));
  }
  return facts;
}

std::vector<Hop> hops_along(const Context& context, const std::vector<PartyId>& parties) {
  const auto& all = context.exposure().parties().all();
  const std::vector<const FlowFact*> facts = flows_along(context, parties);
  std::vector<Hop> hops;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    hops.push_back({all[parties[i]].label, all[parties[i + 1]].label, service_text(*facts[i]->services),
                    facts[i]->conduit->name, facts[i]->flow->range});
  }
  return hops;
}

void raise_way(const Context& context, Findings& findings, const WayKind& kind, ir::ZoneId from,
               const AttackWay& way) {
  const std::vector<const FlowFact*> steps = flows_along(context, way.parties);
  const ir::ZoneId target = context.exposure().parties().all()[way.parties.back()].zone;
  FindingBuilder builder = findings
                               .raise(kind, steps.front()->flow->range, element_of(context.zone(from)),
                                      context.zone(from).name, context.zone(target).name, way.steps())
                               .here("step 1");
  for (std::size_t i = 1; i < steps.size(); ++i) builder.label(steps[i]->flow->range, "step {}", i + 1);
  for (const FlowFact* step : steps) builder.traffic(traffic_of(context.policy(), *step));
  if (way.reached.size() > 1)
    builder.note("zones that can be reached so: {}", zone_list(context, way.reached));
  if (way.further > 0) {
    builder.note("there {} {}{} more way{}", way.further == 1 ? "is" : "are",
                 way.further == AttackWay::further_limit ? "at least " : "", way.further,
                 way.further == 1 ? "" : "s");
  }
  if (!way.gates.empty())
    builder.note("the fewest places that have to hold out for no such way to be left: {}",
                 party_list(context, way.gates));
  builder.help("let the inner side open the connection instead, or lead people through {}; {}",
               jump_host_text(context), remote_access_text(context));
  if (!way.cut.empty())
    builder.help("the fewest flows that have to go for no such way to be left: {}",
                 flow_list(context, way.cut));
  std::move(builder).path(hops_along(context, way.parties)).emit();
}

}  // namespace cordon::check
