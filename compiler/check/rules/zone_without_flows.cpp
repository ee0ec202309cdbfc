// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A zone that no flow enters or leaves.

#include <vector>

#include "compiler/check/rules.h"

namespace cordon::check {

void zone_without_flows(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  std::vector<bool> managed(policy.zones.size());
  for (const ir::Conduit& conduit : policy.conduits) {
    if (!conduit.flows.empty()) managed[conduit.first.value] = managed[conduit.second.value] = true;
  }
  for (const ir::ZoneId id : policy.zones.ids()) {
    if (managed[id.value]) continue;
    findings
        .raise(kind::zone_without_flows, policy.zones[id].name_range, element_of(policy.zones[id]),
               policy.zones[id].name)
        .help("write its conduits, or take the zone and its networks out")
        .emit();
  }
}

}  // namespace cordon::check
