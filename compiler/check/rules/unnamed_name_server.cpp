// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Medical devices that ask a whole network for names or time, and believe whoever answers.

#include "compiler/check/flow_rules.h"

namespace cordon::check {

void unnamed_name_server(const Context& context, Findings& findings) {
  for (const FlowFact& fact : context.flows()) {
    const auto zones = zones_of(context, fact);
    if (!zones) continue;
    if (!is_medical(zones->from) || is_outside(zones->to) || is_clinical_server(zones->to) ||
        !holds_whole_network(*fact.to))
      continue;
    const packet::ServiceSet asked = names_and_time(*fact.services);
    if (asked.empty()) continue;
    findings
        .raise(kind::unnamed_name_server, fact.flow->to_range, element_of(*fact.conduit), zones->from.name,
               to_string(asked), zones->to.name)
        .here("any host of it may answer")
        .traffic(traffic_of(context, fact, asked))
        .path({hop_of(context.policy(), fact)})
        .help("name the servers that answer, under `hosts:`")
        .emit();
  }
}

}  // namespace cordon::check
