// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/device_families.h"

#include <algorithm>
#include <map>

#include "compiler/check/roles.h"
#include "compiler/check/zone_flows.h"
#include "compiler/ir/endpoint_addresses.h"

namespace cordon::check {

std::string_view module_of(const ir::Conduit& conduit) {
  const std::string_view name = conduit.name;
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : name.substr(0, dot);
}

bool overlaps(const ir::Addresses& a, const ir::Addresses& b) {
  return intersects(a.v4, b.v4) || intersects(a.v6, b.v6);
}

std::vector<DeviceFamily> device_families(const Context& context) {
  std::map<std::string_view, DeviceFamily> families;
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    const std::string_view module = module_of(*fact.conduit);
    const bool outward = is_medical(from) && is_clinical_server(to);
    const bool inward = is_clinical_server(from) && is_medical(to);
    if (module.empty() || (!outward && !inward)) return;
    DeviceFamily& family = families[module];
    family.module = module;
    family.zones.insert(outward ? fact.from_zone : fact.to_zone);
    const ir::Addresses servers = addresses_of(context.policy(), outward ? *fact.to : *fact.from);
    family.servers.v4 = unite(family.servers.v4, servers.v4);
    family.servers.v6 = unite(family.servers.v6, servers.v6);
  });
  std::vector<DeviceFamily> all;
  for (auto& [name, family] : families) all.push_back(std::move(family));
  return all;
}

}  // namespace cordon::check
