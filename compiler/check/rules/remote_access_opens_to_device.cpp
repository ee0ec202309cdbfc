// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow from a jump host to a medical device.

#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {
void remote_access_opens_to_device(const Context& context, Findings& findings) {
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    if (!is_remote_access(from) || !is_medical(to)) return;
    raise_flow(context, findings, kind::remote_access_opens_to_device, fact)
        .help(
            "let the jump host reach the devices' server only; who has to touch the device itself does so "
            "from a zone of type `biomedical-engineering`")
        .emit();
  });
}

}  // namespace cordon::check
