// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Zones of medical devices for which no manufacturer's disclosure statement is listed.

#include <vector>

#include "compiler/check/rules.h"

namespace cordon::check {

void zone_without_mds2(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  std::vector<bool> described(policy.zones.size());
  for (const ir::Mds2Form& form : context.evidence().mds2) {
    for (const ir::ZoneId zone : form.zones) described[zone.value] = true;
  }
  for (const ir::ZoneId id : policy.zones.ids()) {
    const ir::Zone& zone = policy.zones[id];
    if (!is_medical(zone) || described[id.value]) continue;
    findings.raise(kind::zone_without_mds2, zone.name_range, element_of(zone), zone.name)
        .help(
            "ask the maker for the MDS2 and list its answers: `mds2: {{MODEL: {{zones: [{}], document: …, "
            "date: …, answers: {{RMOT-1: no}}}}}}`",
            zone.name)
        .emit();
  }
}

}  // namespace cordon::check
