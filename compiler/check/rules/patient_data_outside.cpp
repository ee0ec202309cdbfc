// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Data about patients, or their treatment, to or from outside.

#include "compiler/check/flow_rules.h"

namespace cordon::check {

void patient_data_outside(const Context& context, Findings& findings) {
  for (const FlowFact& fact : context.flows()) {
    const auto zones = zones_of(context, fact);
    if (!zones) continue;
    if (!is_outside(zones->from) && !is_outside(zones->to)) continue;
    if (sensitive_data(*fact.flow).empty()) continue;
    const ir::Zone& outside = is_outside(zones->to) ? zones->to : zones->from;
    findings
        .raise(kind::patient_data_outside, fact.flow->range, element_of(*fact.conduit),
               sensitive_data(*fact.flow), outside.name)
        .label(fact.flow->from_range, "{}", type_text(zones->from))
        .label(fact.flow->to_range, "{}", type_text(zones->to))
        .traffic(traffic_of(context.policy(), fact))
        .path({hop_of(context.policy(), fact)})
        .help(
            "let a gateway in a `dmz` hand over what has to leave; otherwise record who allowed it, in a "
            "waiver that ends")
        .emit();
  }
}

}  // namespace cordon::check
