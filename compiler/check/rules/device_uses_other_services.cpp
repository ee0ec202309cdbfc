// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow from a medical device to infrastructure that is more than names, time, addresses and logs, and that
// no document of the maker asks for.

#include "compiler/check/known_services.h"
#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {
void device_uses_other_services(const Context& context, Findings& findings) {
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    if (!is_medical(from) || !is_infrastructure(to) || has_evidence(fact)) return;
    const ServiceSet more = beyond_housekeeping(*fact.services);
    if (more.empty()) return;
    raise_flow(context, findings, kind::device_uses_other_services, fact)
        .note("beyond names, time, addresses and logs: {}", service_text(more))
        .help("take it out, or name the maker's document that asks for it: `evidence: …` at the flow")
        .emit();
  });
}

}  // namespace cordon::check
