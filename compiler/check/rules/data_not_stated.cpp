// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Flows of medical devices that do not say what they carry. One finding a conduit.

#include <utility>
#include <vector>

#include "compiler/check/flow_rules.h"

namespace cordon::check {
namespace {

constexpr std::size_t shown = 8;

// Names and time carry nothing that could be said.
bool is_silent(const Context& context, const FlowFact& fact) {
  const auto zones = zones_of(context, fact);
  if (!zones || zones->medical() == nullptr || !fact.flow->data.empty()) return false;
  return names_and_time(*fact.services).size() < fact.services->size();
}

}  // namespace

void data_not_stated(const Context& context, Findings& findings) {
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
        .raise(kind::data_not_stated, first.flow->range, element_of(*first.conduit), silent.size(),
               first.conduit->name)
        .labels(labels)
        .traffic(std::move(traffic))
        .help("say by `data:` what it carries: {}",
              "`therapy`, `phi`, `telemetry`, `alarm`, `update`, `log`, `management`")
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
