// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow from a medical device to a medical device, in its own zone or in another.

#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {
void device_opens_to_device(const Context& context, Findings& findings) {
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    if (!is_medical(from) || !is_medical(to)) return;
    raise_flow(context, findings, kind::device_opens_to_device, fact)
        .help(
            "devices talk to a server, not to each other: put what answers into a zone of type "
            "`clinical-server`")
        .emit();
  });
}

}  // namespace cordon::check
