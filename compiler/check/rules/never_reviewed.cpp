// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A conduit of the project itself that states no review. Those of modules are reviewed with the module.

#include "compiler/check/rules.h"
#include "compiler/check/upkeep.h"
#include "compiler/check/wording.h"

namespace cordon::check {

void never_reviewed(const Context& context, Findings& findings) {
  for (const ir::Conduit& conduit : context.policy().conduits) {
    if (!conduit.reviewed.empty() || conduit.flows.empty() || is_of_module(conduit)) continue;
    findings.raise(kind::never_reviewed, conduit.name_range, element_of(conduit), conduit.name)
        .help("go through its {}, take out what nobody needs, and write `reviewed:` with the day",
              counted(conduit.flows.size(), "flow"))
        .emit();
  }
}

}  // namespace cordon::check
