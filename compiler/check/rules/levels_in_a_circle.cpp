// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Zones far apart in security level that can all open connections to each other, in one or more steps: the
// higher level then holds out no longer than the lower.

#include <cstdint>
#include <utility>
#include <vector>

#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"
#include "compiler/graph/digraph.h"

namespace cordon::check {
namespace {

graph::Components components(const Context& context) {
  std::vector<graph::Digraph::Arc> arcs;
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& /*from*/, const ir::Zone& /*to*/) {
    arcs.push_back({.from = fact.from_zone.value, .to = fact.to_zone.value});
  });
  const auto count = static_cast<std::uint32_t>(context.policy().zones.size());
  return strongly_connected_components(graph::Digraph(count, std::move(arcs)));
}

}  // namespace

void levels_in_a_circle(const Context& context, Findings& findings) {
  for (const std::vector<std::uint32_t>& members : components(context).members) {
    const ir::Zone *lowest = nullptr, *highest = nullptr;
    for (const std::uint32_t member : members) {
      const ir::Zone& zone = context.zone(ir::ZoneId{member});
      if (!zone.security_level) continue;
      if (lowest == nullptr || *zone.security_level < *lowest->security_level) lowest = &zone;
      if (highest == nullptr || *zone.security_level > *highest->security_level) highest = &zone;
    }
    if (lowest == nullptr || *highest->security_level < *lowest->security_level + 2) continue;
    findings
        .raise(kind::levels_in_a_circle, highest->name_range, element_of(*highest), highest->name,
               unsigned{*highest->security_level}, lowest->name, unsigned{*lowest->security_level})
        .label(lowest->name_range, "can come here, and be reached from here")
        .note("{} zones are in this circle", members.size())
        .help("let connections be opened from the higher level only, or end them at a zone in between")
        .emit();
  }
}

}  // namespace cordon::check
