// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow from a medical device to a whole network of servers, where it needs its own one.

#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {
void device_reaches_whole_server_network(const Context& context, Findings& findings) {
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    if (!is_medical(from) || !is_clinical_server(to) || !holds_whole_network(*fact.to)) return;
    raise_flow(context, findings, kind::device_reaches_whole_server_network, fact)
        .help("name the server: `to: HOST`, with its address under `hosts:`")
        .emit();
  });
}

}  // namespace cordon::check
