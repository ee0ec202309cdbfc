// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// File sharing to or from medical devices.

#include "compiler/check/flow_rules.h"

namespace cordon::check {

void file_sharing_at_device(const Context& context, Findings& findings) {
  for (const FlowFact& fact : context.flows()) {
    const auto zones = zones_of(context, fact);
    if (!zones) continue;
    if (zones->medical() == nullptr) continue;
    const auto seen = recognise(*fact.services, Use::file_sharing);
    if (!seen) continue;
    findings
        .raise(kind::file_sharing_at_device, fact.flow->services_range, element_of(*fact.conduit), seen->text,
               zones->medical()->name)
        .label(fact.flow->from_range, "from zone `{}`", zones->from.name)
        .label(fact.flow->to_range, "to zone `{}`", zones->to.name)
        .traffic(traffic_of(context, fact, seen->services))
        .path({hop_of(context.policy(), fact)})
        .help("move files by HTTPS or SFTP to the devices' server, and from there to the device")
        .emit();
  }
}

}  // namespace cordon::check
