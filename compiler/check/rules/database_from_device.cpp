// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A medical device that talks to a database itself.

#include "compiler/check/flow_rules.h"

namespace cordon::check {

void database_from_device(const Context& context, Findings& findings) {
  for (const FlowFact& fact : context.flows()) {
    const auto zones = zones_of(context, fact);
    if (!zones) continue;
    // A zone of databases, or infrastructure, is closed to devices by other checks, whatever the service.
    if (!is_medical(zones->from) || is_database(zones->to) || is_infrastructure(zones->to)) continue;
    const auto seen = recognise(*fact.services, Use::database);
    if (!seen) continue;
    findings
        .raise(kind::database_from_device, fact.flow->services_range, element_of(*fact.conduit),
               zones->from.name, seen->text)
        .label(fact.flow->from_range, "from zone `{}`", zones->from.name)
        .label(fact.flow->to_range, "to zone `{}`", zones->to.name)
        .traffic(traffic_of(context, fact, seen->services))
        .path({hop_of(context.policy(), fact)})
        .help("let the device report to its server, and let the server ask the database")
        .emit();
  }
}

}  // namespace cordon::check
