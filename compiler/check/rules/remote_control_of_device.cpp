// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// SSH, RDP and their kin from servers into medical devices, which nobody asked for.

#include "compiler/check/flow_rules.h"

namespace cordon::check {

void remote_control_of_device(const Context& context, Findings& findings) {
  for (const FlowFact& fact : context.flows()) {
    const auto zones = zones_of(context, fact);
    if (!zones) continue;
    // Whoever else has no business with devices is a finding of another check, whatever the service.
    const bool expected = is_clinical_server(zones->from) || zones->from.type.empty();
    if (!is_medical(zones->to) || !expected) continue;
    const auto seen = recognise(*fact.services, Use::remote_control);
    if (!seen) continue;
    findings
        .raise(kind::remote_control_of_device, fact.flow->from_range, element_of(*fact.conduit),
               zones->from.name, zones->to.name, seen->text)
        .here("{}", type_text(zones->from))
        .label(fact.flow->services_range, "gives the whole machine away")
        .traffic(traffic_of(context, fact, seen->services))
        .path({hop_of(context.policy(), fact)})
        .help("let clinical engineering do it, from a zone of type `biomedical-engineering`")
        .emit();
  }
}

}  // namespace cordon::check
