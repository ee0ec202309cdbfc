// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow from servers of care, databases or management to everything outside.

#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {
void server_opens_to_whole_internet(const Context& context, Findings& findings) {
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    if (!is_clinical_server(from) && !is_database(from) && !is_management(from)) return;
    if (!holds_any(context.policy(), to) || !holds_whole_outside(context.policy(), *fact.to)) return;
    raise_flow(context, findings, kind::server_opens_to_whole_internet, fact)
        .help(
            "list the addresses that are needed (`to: [203.0.113.9]`), or let an update server or proxy in a "
            "zone of type `enterprise-services` or `dmz` fetch it")
        .emit();
  });
}

}  // namespace cordon::check
