// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A conduit that opens nothing.

#include "compiler/check/rules.h"

namespace cordon::check {

void conduit_without_flows(const Context& context, Findings& findings) {
  for (const ir::Conduit& conduit : context.policy().conduits) {
    if (!conduit.flows.empty()) continue;
    findings
        .raise(kind::conduit_without_flows, conduit.name_range, element_of(conduit), conduit.name,
               context.zone(conduit.first).name, context.zone(conduit.second).name)
        .help("take it out, or list its flows")
        .emit();
  }
}

}  // namespace cordon::check
