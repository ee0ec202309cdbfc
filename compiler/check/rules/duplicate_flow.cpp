// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow that opens exactly what another one opens.
#include "compiler/check/flow_redundancy.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void duplicate_flow(const Context& context, Findings& findings) {
  const FlowRedundancy& redundancy = context.redundancy();
  for (const Superfluous& found : redundancy.found) {
    if (found.redundancy != Redundancy::duplicate) continue;
    const FlowFact& fact = context.flow(redundancy.facts[found.part]);
    const Cover cover = cover_of(context, found);
    findings
        .raise(kind::duplicate_flow, fact.flow->range, element_of(*fact.conduit), flow_name(fact),
               flow_name(context.flow(redundancy.facts[found.by.front()])))
        .labels(cover.labels)
        .notes(cover.notes)
        .traffic(redundancy.traffic[found.part])
        .help("take one of the two out; nothing closes")
        .emit();
  }
}

}  // namespace cordon::check
