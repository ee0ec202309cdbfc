// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A protocol that anyone on the way can read, in a zone of care, and not a word of what protects it.
// Flows that say that they carry patients' data are findings of their own.

#include "compiler/check/flow_rules.h"

namespace cordon::check {

void clear_text_service(const Context& context, Findings& findings) {
  for (const FlowFact& fact : context.flows()) {
    const auto zones = zones_of(context, fact);
    if (!zones) continue;
    if (zones->care() == nullptr || is_encrypted(*fact.flow) || !sensitive_data(*fact.flow).empty()) continue;
    const auto seen = recognise(*fact.services, Use::clear);
    if (!seen) continue;
    findings
        .raise(kind::clear_text_service, fact.flow->services_range, element_of(*fact.conduit), seen->text,
               zones->from.name, zones->to.name)
        .traffic(traffic_of(context, fact, seen->services))
        .path({hop_of(context.policy(), fact)})
        .help("use {}, or say by `encryption:` what protects it on the wire", seen->instead)
        .emit();
  }
}

}  // namespace cordon::check
