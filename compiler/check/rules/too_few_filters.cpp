// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Medical devices with fewer filters between them and the outside or guests than the project wants
// (`checks: filters-to-devices`), whatever flows there are: a filter that fails open then opens everything.

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "compiler/check/rules.h"
#include "compiler/check/suggestions.h"
#include "compiler/check/wording.h"
#include "compiler/check/zone_flows.h"
#include "compiler/graph/filter_depth.h"

namespace cordon::check {
namespace {

std::vector<ir::NetworkId> untrusted_networks(const Context& context) {
  std::vector<ir::NetworkId> networks;
  for (const ir::Zone& zone : context.policy().zones) {
    if (is_untrusted(zone)) networks.insert(networks.end(), zone.networks.begin(), zone.networks.end());
  }
  return networks;
}

// The zones that the same filters protect: one cause, one finding.
struct Protected {
  graph::FilterPath path;  // to the first of them
  std::vector<const ir::Zone*> zones;
};
using ByFilters = std::map<std::vector<ir::DeviceId>, Protected>;

std::string count_text(std::size_t filters) {
  if (filters == 0) return "no filter stands";
  return fmt::format("{} filter{}", filters, filters == 1 ? " stands" : "s stand");
}

std::string zones_text(const Protected& each) {
  std::vector<std::string> names;
  for (const ir::Zone* zone : each.zones) names.push_back(zone->name);
  return (names.size() == 1 ? "zone " : "zones ") + quoted(names);
}

void raise(const Context& context, Findings& findings, const Protected& each) {
  const ir::Policy& policy = context.policy();
  const ir::Zone& first = *each.zones.front();
  const ir::Zone& outside = context.zone(policy.networks[each.path.from].zone);
  const std::uint32_t wanted = context.settings().filters_to_devices;
  FindingBuilder builder =
      findings.raise(kind::too_few_filters, first.name_range, element_of(first),
                     count_text(each.path.filters.size()), outside.name, zones_text(each), wanted);
  builder.label(outside.name_range, "{}", type_text(outside));
  for (const ir::DeviceId filter : each.path.filters)
    builder.label(policy.devices[filter].name_range, "filters on the way");
  builder.note("the way with the fewest filters: {}", to_string(policy, context.topology(), each.path));
  builder.help("{}", one_more_filter(policy, context.topology(), each.path));
  std::move(builder).emit();
}

}  // namespace

void too_few_filters(const Context& context, Findings& findings) {
  const std::vector<ir::NetworkId> outside = untrusted_networks(context);
  if (outside.empty() || std::ranges::none_of(context.policy().zones, is_medical)) return;
  const graph::FiltersFrom depth(context.policy(), context.topology(), outside);
  ByFilters found;
  for (const ir::Zone& zone : context.policy().zones) {
    if (!is_medical(zone)) continue;
    auto path = depth.to(zone.networks);
    if (!path || path->filters.size() >= context.settings().filters_to_devices) continue;
    std::vector<ir::DeviceId> filters = path->filters;
    const auto [entry, added] = found.try_emplace(std::move(filters), Protected{std::move(*path), {}});
    entry->second.zones.push_back(&zone);
  }
  for (const auto& [filters, each] : found) raise(context, findings, each);
}

}  // namespace cordon::check
