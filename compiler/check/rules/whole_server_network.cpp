// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow that names no server, but the network in which servers stand.

#include "compiler/check/flow_rules.h"

namespace cordon::check {

void whole_server_network(const Context& context, Findings& findings) {
  for (const FlowFact& fact : context.flows()) {
    const auto zones = zones_of(context, fact);
    if (!zones) continue;
    // Devices that do so are a finding of another check.
    const bool servers =
        is_clinical_server(zones->to) || is_database(zones->to) || is_infrastructure(zones->to);
    if (!servers || !holds_whole_network(*fact.to) || !is_care(zones->from) || is_medical(zones->from))
      continue;
    findings
        .raise(kind::whole_server_network, fact.flow->to_range, element_of(*fact.conduit),
               service_text(*fact.services), zones->to.name)
        .here("the whole network, not a server")
        .label(fact.flow->from_range, "from zone `{}`", zones->from.name)
        .traffic(traffic_of(context.policy(), fact))
        .path({hop_of(context.policy(), fact)})
        .help("name the server: declare it under `hosts:` and let the flow end there; several make a group")
        .emit();
  }
}

}  // namespace cordon::check
