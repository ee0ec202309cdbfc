// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// `always`: every host of one may open these services to every host of the other, in each family of both.

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "compiler/check/assertions/answer.h"
#include "compiler/check/suggestions.h"

namespace cordon::check {
namespace {

// Flows between the same ends that open something else: often a port that was changed on one side only.
bool add_near_misses(const Asked& asked, Answer& answer) {
  if (asked.services == nullptr) return false;
  constexpr std::size_t shown = 3;
  std::size_t near = 0;
  for (const Opening& opening : openings_by_flows(asked.desk.context(), {&asked.from, &asked.to, nullptr})) {
    const FlowFact& fact = *opening.flow;
    const Range range = fact.flow->services_range;
    const auto same_line = [&](const diagnostics::Label& label) {
      return label.range == range || label.range == fact.flow->from_range;
    };
    if (std::ranges::any_of(answer.causes, same_line)) continue;
    if (near++ < shown)
      answer.causes.push_back(
          {range, fmt::format("near: between the same ends, but opens {}", service_text(*fact.services))});
  }
  if (near > shown) answer.notes.push_back(fmt::format("{} more flows between the same ends", near - shown));
  return near > 0;
}

// A flow that opens these services to some of the hosts: a second one beside it would open part of them
// twice.
const FlowFact* half_open(const std::vector<Opening>& openings, const Traffic& missing) {
  for (const Opening& opening : openings) {
    if (opening.flow == nullptr) continue;
    const bool same = std::ranges::any_of(missing, [&](const TrafficPart& part) {
      return !common_services(part.services, opening.part.services).empty();
    });
    if (same) return opening.flow;
  }
  return nullptr;
}

// The flow to add, where each end is within one zone; or how zones are named where they are not.
std::string way_to_open(const Asked& asked, const std::vector<Opening>& openings, const Traffic& missing) {
  if (const FlowFact* flow = half_open(openings, missing))
    return fmt::format(
        "flow {} of conduit `{}` opens a part: widen its `from` or `to`, or what its `except` takes away",
        flow->flow->number, flow->conduit->name);
  const ir::ZoneId from = only_zone(asked.policy(), asked.assertion.traffic.from);
  const ir::ZoneId to = only_zone(asked.policy(), asked.assertion.traffic.to);
  if (!from.valid() || !to.valid() || from == to)
    return "add a flow for what is missing to the conduit between the two zones";
  const packet::ServiceSet& services = missing.front().services;
  const auto side = [](const std::string& text) {
    if (text.find(',') != std::string::npos) return '[' + text + ']';
    return text.find(':') == std::string::npos ? text : '\'' + text + '\'';
  };
  return add_flow_text(asked.desk.context(), from, to, "As asserted",
                       {fmt::format("{{from: {}, to: {}, services: [{}]}}", side(asked.from_text),
                                    side(asked.to_text), packet::to_string(services))});
}

}  // namespace

Answer answer_always(const Asked& asked) {
  std::vector<Opening> openings = openings_by_flows(asked.desk.context(), asked.query());
  const std::size_t flows = openings.size();
  for (Opening& opening : openings_within_zones(asked.desk.context(), asked.query()))
    openings.push_back(std::move(opening));
  const auto rest = subtract(asked.all(), traffic_of(openings));
  if (!rest) return undecided();
  Answer answer;
  answer.traffic = without_self(*rest);
  if (answer.traffic.empty()) {
    answer.text = fmt::format("{} of the flows together open all of {} -> {} {}", flows, asked.from_text,
                              asked.to_text, asked.service_text);
    if (flows == 0)
      answer.text = fmt::format("{} and {} are hosts of one zone", asked.from_text, asked.to_text);
    return answer;
  }
  answer.outcome = Outcome::broken;
  answer.text = fmt::format("missing {}", traffic_text(asked.desk.names(), answer.traffic, 2));
  add_set(asked, answer.traffic, answer);
  add_causes(asked, openings, answer);
  for (diagnostics::Label& cause : answer.causes) cause.text += ", which is not all";
  const bool near = add_near_misses(asked, answer);
  answer.helps.push_back(way_to_open(asked, openings, answer.traffic));
  if (near)
    answer.helps.emplace_back("or change the `services` of the line that is near, if its port has moved");
  answer.helps.emplace_back("or the assertion is wrong, if what it names is not needed any more");
  return answer;
}

}  // namespace cordon::check
