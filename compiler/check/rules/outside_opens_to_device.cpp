// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow from outside or from guests that ends at a medical device.

#include "compiler/check/rules.h"
#include "compiler/check/suggestions.h"

namespace cordon::check {

void outside_opens_to_device(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  for (const FlowFact& fact : context.flows()) {
    if (!fact.from_zone.valid() || !fact.to_zone.valid()) continue;
    const ir::Zone& from = context.zone(fact.from_zone);
    const ir::Zone& to = context.zone(fact.to_zone);
    if (!is_untrusted(from) || !is_medical(to)) continue;
    findings
        .raise(kind::outside_opens_to_device, fact.flow->from_range, element_of(*fact.conduit), from.name,
               service_text(*fact.services), to.name)
        .here("of type `{}`", from.type)
        .label(fact.flow->to_range, "medical devices")
        .traffic(traffic_of(policy, fact))
        .path({hop_of(policy, fact)})
        .help(
            "take the flow out; let people from outside work on {}, and let that reach the devices' server; "
            "{}",
            jump_host_text(context), remote_access_text(context))
        .emit();
  }
}

}  // namespace cordon::check
