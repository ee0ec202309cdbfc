// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow from offices, research or building automation to a medical device.

#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {
void business_opens_to_device(const Context& context, Findings& findings) {
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    if (!is_business(from) || !is_medical(to)) return;
    raise_flow(context, findings, kind::business_opens_to_device, fact)
        .help(
            "take the flow out; let people ask the devices' server, and those who service devices work from "
            "a zone of type `biomedical-engineering`")
        .emit();
  });
}

}  // namespace cordon::check
