// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// `never`: no connection from one to the other is intended, directly or in steps; and what it shares with
// `via`, which is a `never` in a network without those that the way has to go through.

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "compiler/check/assertions/ways.h"
#include "compiler/ir/endpoint_addresses.h"

namespace cordon::check {
namespace {

std::string counted_steps(std::size_t count) {
  return count == 1 ? "by one flow to its zone" : fmt::format("in {} steps", count);
}

bool lies_in(const ir::Addresses& inner, const ir::Addresses& outer) { return without(inner, outer).empty(); }

// Whether something of the flow is left when what the assertion forbids is taken off it.
struct Rest {
  bool from = false, to = false, services = false;
};
Rest rest_of(const Asked& asked, const FlowFact& fact) {
  const ir::Policy& policy = asked.policy();
  Rest rest;
  rest.from = !lies_in(ir::addresses_of(policy, *fact.from), asked.from);
  rest.to = !lies_in(ir::addresses_of(policy, *fact.to), asked.to);
  rest.services =
      asked.services != nullptr && packet::normalize(common_services(*fact.services, *asked.services)) !=
                                       packet::normalize(*fact.services);
  return rest;
}

std::size_t lines_of(const ir::Conduit& conduit) {
  return conduit.flows.empty() ? 0 : conduit.flows.back().number - conduit.flows.front().number + 1;
}

// What to do with one flow, in lines that can be written as they stand.
std::string way_out(const Asked& asked, const Opening& opening) {
  const FlowFact& fact = *opening.flow;
  const std::string which = fmt::format("flow {} of conduit `{}`", fact.flow->number, fact.conduit->name);
  const Rest rest = rest_of(asked, fact);
  if (rest.services)
    return fmt::format("take {} out of the `services` of {}", service_text(opening.part.services), which);
  if (rest.to)
    return fmt::format("narrow {}: add `except: [{}]` to it, or name fewer hosts in `to`", which,
                       asked.to_text);
  if (rest.from)
    return fmt::format("narrow {}: add `except: [{}]` to it, or name fewer hosts in `from`", which,
                       asked.from_text);
  if (lines_of(*fact.conduit) == 1)
    return fmt::format("take out conduit `{}`: this flow is all it has", fact.conduit->name);
  return fmt::format("take out {}: all of it is forbidden, so nothing is left to narrow", which);
}

std::vector<std::string> ways_out(const Asked& asked, const Ways& ways) {
  if (ways.direct.empty()) return {"take out one of the steps, or make its ends narrower"};
  constexpr std::size_t shown = 3;
  std::vector<std::string> helps;
  std::size_t more = 0;
  bool within_zone = false;
  for (const Opening& opening : ways.openings) {
    if (opening.flow == nullptr) {
      within_zone = true;
    } else if (helps.size() < shown) {
      helps.push_back(way_out(asked, opening));
    } else {
      ++more;
    }
  }
  if (more > 0) helps.push_back(fmt::format("and so on for {} more flows", more));
  if (within_zone) helps.emplace_back("say `isolate: true` on the zone to keep its hosts apart");
  helps.emplace_back("if it has to be open, the assertion is wrong");
  return helps;
}

// How the rest is reached, beside the flow that leads there directly.
void add_steps(const Asked& asked, const Ways& ways, const ir::Addresses& reached, Answer& answer) {
  const ir::AddressNames& names = asked.desk.names();
  const ir::ZoneId last = ways.steps.way.back()->to_zone;
  const bool free_talk = last.valid() && !asked.policy().zones[last].isolate;
  answer.notes.push_back(fmt::format(
      "in steps also {} -> {}, by the path that follows{}", names.text(ways.steps.starts),
      names.text(reached),
      free_talk
          ? fmt::format(" and on within zone `{}`, whose hosts talk freely", asked.policy().zones[last].name)
          : std::string()));
  add_way(asked, ways.steps.way, answer);
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
  if (ways.direct.empty()) {
    const ir::AddressNames& names = asked.desk.names();
    answer.text = fmt::format("{} reaches {} {}", names.text(ways.steps.starts),
                              names.text(ways.steps.indirect), counted_steps(ways.steps.way.size()));
    add_way(asked, ways.steps.way, answer);
    return answer;
  }
  ir::Addresses more = ways.steps.indirect;
  for (const TrafficPart& part : ways.direct) more = without(more, part.to);
  if (!more.empty()) add_steps(asked, ways, more, answer);
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
  answer.helps = ways_out(asked, *ways);
  return answer;
}

}  // namespace cordon::check
