// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow by which people from outside come in, or go on from the jump host, that no device logs.

#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {
void remote_access_not_logged(const Context& context, Findings& findings) {
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    const bool in = is_outside(from) && is_remote_access(to);
    const bool on = is_remote_access(from) && (is_care(to) || is_management(to));
    if (fact.flow->log || (!in && !on)) return;
    raise_flow(context, findings, kind::remote_access_not_logged, fact)
        .help("add `log: true` to the flow")
        .emit();
  });
}

}  // namespace cordon::check
