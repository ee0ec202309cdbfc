// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow that several others open between them, though none of them alone.
#include "compiler/check/flow_redundancy.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void covered_flow(const Context& context, Findings& findings) {
  const FlowRedundancy& redundancy = context.redundancy();
  for (const Superfluous& found : redundancy.found) {
    if (found.redundancy != Redundancy::covered) continue;
    const FlowFact& fact = context.flow(redundancy.facts[found.part]);
    const Cover cover = cover_of(context, found);
    findings
        .raise(kind::covered_flow, fact.flow->range, element_of(*fact.conduit), flow_name(fact),
               found.by.size())
        .labels(cover.labels)
        .notes(cover.notes)
        .traffic(redundancy.traffic[found.part])
        .help("take it out, and nothing closes; or narrow the others, if this one was meant to be all")
        .emit();
  }
}

}  // namespace cordon::check
