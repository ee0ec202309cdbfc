// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A protocol that was made for one segment, opened between two zones.

#include "compiler/check/flow_rules.h"

namespace cordon::check {

void discovery_between_zones(const Context& context, Findings& findings) {
  for (const FlowFact& fact : context.flows()) {
    const auto zones = zones_of(context, fact);
    if (!zones) continue;
    const auto seen = recognise(*fact.services, Use::discovery);
    if (!seen) continue;
    findings
        .raise(kind::discovery_between_zones, fact.flow->services_range, element_of(*fact.conduit),
               seen->text, zones->from.name, zones->to.name)
        .traffic(traffic_of(context, fact, seen->services))
        .path({hop_of(context.policy(), fact)})
        .help("take it out; use {} instead", seen->instead)
        .emit();
  }
}

}  // namespace cordon::check
