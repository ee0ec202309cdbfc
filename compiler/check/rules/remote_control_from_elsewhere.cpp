// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// SSH, RDP and their kin into servers of care, infrastructure and management, from where nobody looks after
// them.

#include "compiler/check/flow_rules.h"

namespace cordon::check {

void remote_control_from_elsewhere(const Context& context, Findings& findings) {
  for (const FlowFact& fact : context.flows()) {
    const auto zones = zones_of(context, fact);
    if (!zones) continue;
    const bool guarded = is_care(zones->to) || is_infrastructure(zones->to) || is_management(zones->to);
    if (!guarded || is_medical(zones->to) || is_caretaker(zones->from) || is_untrusted(zones->from)) continue;
    const auto seen = recognise(*fact.services, Use::remote_control);
    if (!seen) continue;
    findings
        .raise(kind::remote_control_from_elsewhere, fact.flow->from_range, element_of(*fact.conduit),
               zones->from.name, zones->to.name, seen->text)
        .here("{}", type_text(zones->from))
        .label(fact.flow->services_range, "gives the whole machine away")
        .traffic(traffic_of(context, fact, seen->services))
        .path({hop_of(context.policy(), fact)})
        .help("open it from a zone of type `management`, `biomedical-engineering` or `remote-access` only")
        .emit();
  }
}

}  // namespace cordon::check
