// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow between other zones that opens every protocol, or every port of one.

#include "compiler/check/flow_rules.h"

namespace cordon::check {

void every_service(const Context& context, Findings& findings) {
  for (const FlowFact& fact : context.flows()) {
    const auto zones = zones_of(context, fact);
    if (!zones) continue;
    if (zones->medical() != nullptr) continue;
    const auto wide = terms_where(*fact.services, is_everything);
    if (wide.empty()) continue;
    findings
        .raise(kind::every_service, fact.flow->services_range, element_of(*fact.conduit), service_text(wide),
               zones->from.name, zones->to.name)
        .traffic(traffic_of(context, fact, wide))
        .path({hop_of(context.policy(), fact)})
        .help("list the services that are needed; what nobody can name is not needed")
        .emit();
  }
}

}  // namespace cordon::check
