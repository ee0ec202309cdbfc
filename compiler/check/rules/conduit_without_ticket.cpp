// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Conduits of the project itself that do not say where they were decided. Those of modules come with the
// module.

#include "compiler/check/rules.h"
#include "compiler/check/upkeep.h"

namespace cordon::check {

void conduit_without_ticket(const Context& context, Findings& findings) {
  for (const ir::Conduit& conduit : context.policy().conduits) {
    if (!conduit.ticket.empty() || is_of_module(conduit)) continue;
    findings.raise(kind::conduit_without_ticket, conduit.name_range, element_of(conduit), conduit.name)
        .help("write `ticket:` with the change or the decision that opened it")
        .emit();
  }
}

}  // namespace cordon::check
