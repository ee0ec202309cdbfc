// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Flows that carry what others must not read, and do not say what protects it. One finding a conduit.

#include <utility>
#include <vector>

#include "compiler/check/flow_rules.h"

namespace cordon::check {
namespace {

constexpr std::size_t shown = 8;

bool is_silent(const Context&, const FlowFact& fact) {
  // What is certainly in the clear is a graver finding of another check.
  return !repeats_line(fact) && fact.flow->encryption.empty() && !sensitive_data(*fact.flow).empty() &&
         clear_reason(fact).empty();
}

}  // namespace

void encryption_not_stated(const Context& context, Findings& findings) {
  std::vector<const FlowFact*> silent;
  const auto flush = [&] {
    if (silent.empty()) return;
    const FlowFact& first = *silent.front();
    std::vector<diagnostics::Label> labels;
    std::vector<TrafficPart> traffic;
    for (const FlowFact* fact : silent) {
      traffic.push_back(traffic_of(context.policy(), *fact));
      if (fact != &first && labels.size() < shown) labels.push_back({fact->flow->range, "nor does this"});
    }
    findings
        .raise(kind::encryption_not_stated, first.flow->range, element_of(*first.conduit), silent.size(),
               first.conduit->name)
        .labels(labels)
        .traffic(std::move(traffic))
        .help("say by `encryption:` what protects it on the wire, or `none`")
        .emit();
    silent.clear();
  };
  for (const FlowFact& fact : context.flows()) {
    if (!silent.empty() && silent.front()->conduit != fact.conduit) flush();
    if (is_silent(context, fact)) silent.push_back(&fact);
  }
  flush();
}

}  // namespace cordon::check
