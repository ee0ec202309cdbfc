// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// `never`: no connection from one to the other is intended, directly or in steps; and what it shares with
// `via`, which is a `never` in a network without those that the way has to go through.

#include <algorithm>
#include <string_view>
#include <utility>

#include "compiler/check/assertions/ways.h"

namespace cordon::check {
namespace {

std::string counted_steps(std::size_t count) {
  return count == 1 ? "by one flow to its zone" : fmt::format("in {} steps", count);
}

std::string_view way_out(const Ways& ways) {
  if (ways.direct.empty()) return "take out one of the steps, or make its ends narrower";
  const bool by_flow =
      std::ranges::any_of(ways.openings, [](const Opening& each) { return each.flow != nullptr; });
  return by_flow ? "take the flow out or narrow it with `except`; if it has to be, the assertion is wrong"
                 : "say `isolate: true` on the zone to keep its hosts apart";
}

}  // namespace

std::optional<Ways> ways_around(const Asked& asked, const ir::Addresses& left_out) {
  const ir::Addresses from = without(asked.from, left_out), to = without(asked.to, left_out);
  const Query query{&from, &to, asked.services};
  Ways ways;
  ways.openings = openings_by_flows(asked.desk.context(), query);
  for (Opening& opening : openings_within_zones(asked.desk.context(), query))
    ways.openings.push_back(std::move(opening));
  auto direct = exact(ways.openings);
  if (!direct) return std::nullopt;
  ways.direct = std::move(*direct);
  const ir::Traffic& ends = asked.assertion.traffic;
  ways.steps =
      asked.desk.steps().ask({ends.from, ends.to, asked.services, left_out.empty() ? nullptr : &left_out});
  return ways;
}

Traffic Ways::traffic() const {
  Traffic all = direct;
  TrafficPart part{steps.starts, steps.indirect, steps.services};
  if (holds_packets(part)) all.push_back(std::move(part));
  return all;
}

Answer broken_by(const Asked& asked, const Ways& ways) {
  Answer answer;
  answer.outcome = Outcome::broken;
  answer.traffic = ways.traffic();
  if (!ways.direct.empty()) {
    answer.text = traffic_text(asked.desk.names(), ways.direct, 2);
    add_set(asked, ways.direct, answer);
    add_causes(asked, ways.openings, answer);
  }
  if (ways.steps.indirect.empty()) return answer;
  const ir::AddressNames& names = asked.desk.names();
  if (ways.direct.empty()) {
    answer.text = fmt::format("{} reaches {} {}", names.text(ways.steps.starts),
                              names.text(ways.steps.indirect), counted_steps(ways.steps.way.size()));
    add_way(asked, ways.steps.way, answer);
    return answer;
  }
  ir::Addresses more = ways.steps.indirect;
  for (const TrafficPart& part : ways.direct) more = without(more, part.to);
  if (!more.empty())
    answer.notes.push_back(
        fmt::format("in steps also {} -> {}", names.text(ways.steps.starts), names.text(more)));
  return answer;
}

Answer answer_never(const Asked& asked) {
  const auto ways = ways_around(asked, {});
  if (!ways) return undecided();
  Answer answer;
  if (!ways->any()) {
    answer.text = fmt::format(
        "of {} flows none opens {} from {} to {}, and none of the {} zones, hosts and devices that it "
        "reaches in steps "
        "is {}",
        asked.desk.context().flows().size(), asked.service_text, asked.from_text, asked.to_text,
        ways->steps.reached, asked.to_text);
    return answer;
  }
  answer = broken_by(asked, *ways);
  answer.helps.emplace_back(way_out(*ways));
  return answer;
}

}  // namespace cordon::check
