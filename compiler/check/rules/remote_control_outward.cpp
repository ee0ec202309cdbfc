// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// SSH, RDP and their kin from a zone of care to outside: a tunnel back in, if somebody wants one.

#include "compiler/check/flow_rules.h"

namespace cordon::check {

void remote_control_outward(const Context& context, Findings& findings) {
  for (const FlowFact& fact : context.flows()) {
    const auto zones = zones_of(context, fact);
    if (!zones) continue;
    if (!is_care(zones->from) || !is_outside(zones->to)) continue;
    const auto seen = recognise(*fact.services, Use::remote_control);
    if (!seen) continue;
    findings
        .raise(kind::remote_control_outward, fact.flow->services_range, element_of(*fact.conduit),
               zones->from.name, zones->to.name, seen->text)
        .label(fact.flow->to_range, "{}", type_text(zones->to))
        .traffic(traffic_of(context, fact, seen->services))
        .path({hop_of(context.policy(), fact)})
        .help("take it out; support comes in by the jump host, files go by HTTPS to named addresses")
        .emit();
  }
}

}  // namespace cordon::check
