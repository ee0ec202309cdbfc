// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// `always`: every host of one may open these services to every host of the other, in each family of both.

#include <utility>

#include "compiler/check/assertions/answer.h"

namespace cordon::check {

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
  answer.helps.emplace_back("add a flow for what is missing to the conduit between the two zones");
  return answer;
}

}  // namespace cordon::check
