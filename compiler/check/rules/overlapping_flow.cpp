// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Two flows that open partly the same, while different people, dates or promises stand behind them.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "compiler/check/flow_redundancy.h"
#include "compiler/check/part_index.h"
#include "compiler/check/rules.h"
#include "compiler/check/traffic.h"

namespace cordon::check {

namespace {

// Whether it matters which of the two a packet is counted to.
bool answer_differently(const FlowFact& a, const FlowFact& b) { return !differences(a, b).empty(); }

struct Overlap {
  std::uint32_t first = 0;  // the earliest flow that it shares packets with
  std::size_t others = 0;
};

std::optional<Overlap> overlap_of(const Context& context, const PartIndex& index, std::uint32_t part) {
  const FlowRedundancy& flows = context.redundancy();
  std::optional<Overlap> overlap;
  for (const std::uint32_t other : index.near(flows.traffic[part])) {
    if (other >= part) break;
    if (!answer_differently(context.flow(flows.facts[part]), context.flow(flows.facts[other]))) continue;
    if (!meet(flows.traffic[part], flows.traffic[other])) continue;
    if (overlap) {
      ++overlap->others;
    } else {
      overlap = Overlap{other, 0};
    }
  }
  return overlap;
}

}  // namespace

void overlapping_flow(const Context& context, Findings& findings) {
  const FlowRedundancy& flows = context.redundancy();
  std::vector<bool> stays(flows.traffic.size(), true);
  for (const Superfluous& found : flows.found) stays[found.part] = false;
  const ir::AddressNames names(context.policy());
  const PartIndex index(flows.traffic, stays);
  for (std::uint32_t part = 0; part < flows.traffic.size(); ++part) {
    if (!stays[part]) continue;
    const auto overlap = overlap_of(context, index, part);
    if (!overlap) continue;
    const FlowFact& fact = context.flow(flows.facts[part]);
    const FlowFact& other = context.flow(flows.facts[overlap->first]);
    const TrafficPart both = shared_traffic(flows.traffic[part], flows.traffic[overlap->first]);
    std::vector<std::string> notes = {"what both open: " + traffic_text(names, {both})};
    if (overlap->others > 0)
      notes.push_back(fmt::format("flows that open part of it beside these two: {}", overlap->others));
    findings
        .raise(kind::overlapping_flow, fact.flow->range, element_of(*fact.conduit), flow_name(fact),
               flow_name(other), differences(fact, other))
        .label(other.flow->range, "opens part of it too")
        .notes(notes)
        .traffic(both)
        .help("let one flow open what both open, or make them agree")
        .emit();
  }
}

}  // namespace cordon::check
