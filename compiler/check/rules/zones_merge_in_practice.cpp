// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Zones that open everything to each other: what is written as several zones is one.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "compiler/check/known_services.h"
#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"
#include "compiler/graph/digraph.h"

namespace cordon::check {
namespace {

// Every address of the zone.
bool is_whole_zone(const ir::Zone& zone, const ir::Endpoint& endpoint) {
  const auto whole = std::ranges::count_if(endpoint.pieces, &ir::Piece::whole);
  return static_cast<std::size_t>(whole) == zone.networks.size();
}

std::vector<std::vector<std::uint32_t>> merged(const Context& context, std::vector<const FlowFact*>& wide) {
  std::vector<graph::Digraph::Arc> arcs;
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    if (fact.from_zone == fact.to_zone || without_limits(*fact.services).empty()) return;
    if (!is_whole_zone(from, *fact.from) || !is_whole_zone(to, *fact.to)) return;
    arcs.push_back({.from = fact.from_zone.value, .to = fact.to_zone.value});
    wide.push_back(&fact);
  });
  const auto count = static_cast<std::uint32_t>(context.policy().zones.size());
  return strongly_connected_components(graph::Digraph(count, std::move(arcs))).members;
}

}  // namespace

void zones_merge_in_practice(const Context& context, Findings& findings) {
  std::vector<const FlowFact*> wide;
  for (const std::vector<std::uint32_t>& members : merged(context, wide)) {
    if (members.size() < 2) continue;
    const ir::Zone& first = context.zone(ir::ZoneId{members.front()});
    std::string names;
    for (const std::uint32_t zone : members)
      names += fmt::format("{}`{}`", names.empty() ? "" : ", ", context.zone(ir::ZoneId{zone}).name);
    FindingBuilder builder =
        findings.raise(kind::zones_merge_in_practice, first.name_range, element_of(first), names);
    const auto holds = [&](ir::ZoneId zone) { return std::ranges::binary_search(members, zone.value); };
    std::size_t shown = 0;
    for (const FlowFact* fact : wide) {
      if (!holds(fact->from_zone) || !holds(fact->to_zone)) continue;
      builder.traffic(traffic_of(context.policy(), *fact));
      if (++shown <= 6) builder.label(fact->flow->range, "opens everything");
    }
    builder.help("limit these flows to hosts and ports, or make one zone of them");
    std::move(builder).emit();
  }
}

}  // namespace cordon::check
