// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// `only`: nobody but `from` opens connections to `to`; with `through`, `from` itself only that way, so that
// the last ones on it open them too. Hosts of the zone that `to` is in are not counted: they are no
// strangers.

#include <utility>

#include "compiler/check/assertions/ways.h"

namespace cordon::check {
namespace {

// What others open: by flow, the sources that were not named.
std::vector<Opening> by_others(const Asked& asked) {
  ir::Addresses named = asked.from;
  for (const ir::Family family : packet::families)
    named.of(family) = unite(named.of(family), asked.through.of(family));
  std::vector<Opening> found;
  for (Opening& opening : openings_by_flows(asked.desk.context(), {nullptr, &asked.to, asked.services})) {
    opening.part.from = without(opening.part.from, named);
    if (holds_packets(opening.part)) found.push_back(std::move(opening));
  }
  return found;
}

Answer opened_by_others(const Asked& asked, const std::vector<Opening>& others, Traffic traffic) {
  Answer answer;
  answer.outcome = Outcome::broken;
  answer.traffic = std::move(traffic);
  answer.text = fmt::format("also {}", traffic_text(asked.desk.names(), answer.traffic, 2));
  add_set(asked, answer.traffic, answer);
  add_causes(asked, others, answer);
  answer.helps.push_back(
      fmt::format("take the flow out, or name who else may open it in `from` beside {}", asked.from_text));
  return answer;
}

}  // namespace

Answer answer_only(const Asked& asked) {
  const std::vector<Opening> others = by_others(asked);
  auto others_exact = exact(others);
  if (!others_exact) return undecided();
  if (!others_exact->empty()) return opened_by_others(asked, others, std::move(*others_exact));
  const bool waylaid = !asked.assertion.through.empty();
  if (waylaid) {
    const auto around = ways_around(asked, asked.through);
    if (!around) return undecided();
    if (around->any()) {
      Answer answer = broken_by(asked, *around);
      answer.text = fmt::format("not through {}: {}", asked.through_text, answer.text);
      answer.helps.push_back(fmt::format("let {} end at {}, and let that open what is needed behind it",
                                         asked.from_text, asked.through_text));
      return answer;
    }
  }
  const auto all = openings_by_flows(asked.desk.context(), {nullptr, &asked.to, asked.services});
  if (all.empty()) return vacuous(fmt::format("no flow opens {} to {}", asked.service_text, asked.to_text));
  Answer answer;
  answer.text = fmt::format("all {} flows that open {} to {} start at {}{}", all.size(), asked.service_text,
                            asked.to_text, asked.from_text, waylaid ? " or " + asked.through_text : "");
  if (waylaid) answer.text += fmt::format(", and without {} it reaches nothing of it", asked.through_text);
  return answer;
}

}  // namespace cordon::check
