// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Zones of care that ask the outside for names or time.

#include "compiler/check/flow_rules.h"

namespace cordon::check {

void names_from_outside(const Context& context, Findings& findings) {
  for (const FlowFact& fact : context.flows()) {
    const auto zones = zones_of(context, fact);
    if (!zones) continue;
    // Devices that reach outside are a graver finding of another check.
    if (!is_care(zones->from) || is_medical(zones->from) || !is_outside(zones->to)) continue;
    const packet::ServiceSet asked = names_and_time(*fact.services);
    if (asked.empty()) continue;
    findings
        .raise(kind::names_from_outside, fact.flow->services_range, element_of(*fact.conduit),
               zones->from.name, to_string(asked), zones->to.name)
        .traffic(traffic_of(context, fact, asked))
        .path({hop_of(context.policy(), fact)})
        .help("ask the site's own servers in a zone of type `enterprise-services`; only they ask outside")
        .emit();
  }
}

}  // namespace cordon::check
