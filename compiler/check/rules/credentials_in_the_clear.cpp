// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Passwords that others can read on the way.

#include <string>

#include "compiler/check/flow_rules.h"

namespace cordon::check {

void credentials_in_the_clear(const Context& context, Findings& findings) {
  for (const FlowFact& fact : context.flows()) {
    if (repeats_line(fact)) continue;
    if (!carries(*fact.flow, "credentials")) continue;
    const std::string reason = clear_reason(fact);
    if (reason.empty()) continue;
    findings
        .raise(kind::credentials_in_the_clear, fact.flow->range, element_of(*fact.conduit),
               sensitive_data(*fact.flow), fact.conduit->name)
        .here("{}", reason)
        .traffic(traffic_of(context.policy(), fact))
        .path({hop_of(context.policy(), fact)})
        .help(
            "encrypt it and say so by `encryption:`; where the device cannot, carry it in a tunnel (`ipsec`, "
            "`wireguard`)")
        .emit();
  }
}

}  // namespace cordon::check
