// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What checks on flows between two zones have in common: the walk over them, and how one is shown.
#ifndef COMPILER_CHECK_ZONE_FLOWS_H
#define COMPILER_CHECK_ZONE_FLOWS_H

#include <string>
#include <string_view>

#include "compiler/check/context.h"
#include "compiler/check/finding.h"

namespace cordon::check {

// visit(fact, from, to) for every flow that has a zone at both ends.
template <class Visit>
void for_each_zone_flow(const Context& context, const Visit& visit) {
  for (const FlowFact& fact : context.flows()) {
    if (fact.from_zone.valid() && fact.to_zone.valid())
      visit(fact, context.zone(fact.from_zone), context.zone(fact.to_zone));
  }
}

// `zone A … SERVICES … zone B`: with a label on both ends, the packets and the step.
using FlowKind = diagnostics::Kind<std::string_view, std::string_view, std::string_view>;
[[nodiscard]] FindingBuilder raise_flow(const Context& context, Findings& findings, const FlowKind& kind,
                                        const FlowFact& fact);

// `of type `guest``.
[[nodiscard]] std::string type_text(const ir::Zone& zone);
// The endpoint holds every address of some network.
[[nodiscard]] bool holds_whole_network(const ir::Endpoint& endpoint);
// The endpoint holds everything that no network declares.
[[nodiscard]] bool holds_whole_outside(const ir::Policy& policy, const ir::Endpoint& endpoint);
// A document asks for the flow.
[[nodiscard]] inline bool has_evidence(const FlowFact& fact) { return !fact.flow->evidence.empty(); }
// The flow or its conduit says why it is there.
[[nodiscard]] inline bool has_purpose(const FlowFact& fact) {
  return !fact.flow->purpose.empty() || !fact.conduit->purpose.empty();
}

}  // namespace cordon::check

#endif  // COMPILER_CHECK_ZONE_FLOWS_H
