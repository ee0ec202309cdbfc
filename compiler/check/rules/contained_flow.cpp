// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow that another one opens as well, with more.
#include "compiler/check/flow_redundancy.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void contained_flow(const Context& context, Findings& findings) {
  const FlowRedundancy& redundancy = context.redundancy();
  for (const Superfluous& found : redundancy.found) {
    if (found.redundancy != Redundancy::contained) continue;
    const FlowFact& fact = context.flow(redundancy.facts[found.part]);
    const Cover cover = cover_of(context, found);
    findings
        .raise(kind::contained_flow, fact.flow->range, element_of(*fact.conduit), flow_name(fact),
               flow_name(context.flow(redundancy.facts[found.by.front()])))
        .labels(cover.labels)
        .notes(cover.notes)
        .traffic(redundancy.traffic[found.part])
        .help("take it out, and nothing closes; or narrow the wider flow, if this one was meant to be all")
        .emit();
  }
}

}  // namespace cordon::check
