// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow to a medical device from a zone that neither serves nor services devices: clinical workstations,
// databases, directory, scanners. Those with a check of their own are left to it.

#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {
void stranger_opens_to_device(const Context& context, Findings& findings) {
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    if (!is_medical(to) || !is_stranger_to_devices(from)) return;
    raise_flow(context, findings, kind::stranger_opens_to_device, fact)
        .help(
            "let the devices' server in a zone of type `clinical-server` talk to the device instead, or take "
            "the flow out; scanners stay away from devices in use")
        .emit();
  });
}

}  // namespace cordon::check
