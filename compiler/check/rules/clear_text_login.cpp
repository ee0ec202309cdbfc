// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Telnet, FTP and their kin between zones without medical devices.

#include "compiler/check/flow_rules.h"

namespace cordon::check {

void clear_text_login(const Context& context, Findings& findings) {
  for (const FlowFact& fact : context.flows()) {
    const auto zones = zones_of(context, fact);
    if (!zones) continue;
    if (zones->medical() != nullptr) continue;
    const auto seen = recognise(*fact.services, Use::login);
    if (!seen || fact.flow->encryption == "ipsec" || fact.flow->encryption == "wireguard") continue;
    findings
        .raise(kind::clear_text_login, fact.flow->services_range, element_of(*fact.conduit), seen->text,
               zones->from.name, zones->to.name)
        .traffic(traffic_of(context, fact, seen->services))
        .path({hop_of(context.policy(), fact)})
        .help("use {}", seen->instead)
        .emit();
  }
}

}  // namespace cordon::check
