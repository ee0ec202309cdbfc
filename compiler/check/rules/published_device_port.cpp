// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A port by which published attacks reached infusion pumps, opened to medical devices. Which model a device
// is, no policy says, so this only asks.

#include "compiler/check/flow_rules.h"

namespace cordon::check {

void published_device_port(const Context& context, Findings& findings) {
  for (const FlowFact& fact : context.flows()) {
    const auto zones = zones_of(context, fact);
    if (!zones) continue;
    if (!is_medical(zones->to)) continue;
    const auto seen = recognise(*fact.services, Use::device_weakness);
    if (!seen) continue;
    findings
        .raise(kind::published_device_port, fact.flow->services_range, element_of(*fact.conduit),
               zones->to.name, seen->text)
        .traffic(traffic_of(context, fact, seen->services))
        .path({hop_of(context.policy(), fact)})
        .help(
            "make sure that no device of the zone is one of these, and write the evidence down as "
            "`evidence:`")
        .emit();
  }
}

}  // namespace cordon::check
