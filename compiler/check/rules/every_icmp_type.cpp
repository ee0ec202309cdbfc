// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Every type of ICMP to or from medical devices or from outside.

#include "compiler/check/flow_rules.h"

namespace cordon::check {
namespace {

bool is_every_type(const packet::ServiceTerm& term) {
  return term.protocol && packet::is_icmp(*term.protocol) && !term.icmp_type;
}

}  // namespace

void every_icmp_type(const Context& context, Findings& findings) {
  for (const FlowFact& fact : context.flows()) {
    const auto zones = zones_of(context, fact);
    if (!zones) continue;
    if (zones->medical() == nullptr && !is_outside(zones->from)) continue;
    const auto every = terms_where(*fact.services, is_every_type);
    if (every.empty()) continue;
    findings
        .raise(kind::every_icmp_type, fact.flow->services_range, element_of(*fact.conduit), zones->from.name,
               zones->to.name)
        .traffic(traffic_of(context, fact, every))
        .path({hop_of(context.policy(), fact)})
        .help(
            "write `icmp/echo-request` and `icmpv6/echo-request`; errors of open connections pass by "
            "themselves")
        .emit();
  }
}

}  // namespace cordon::check
