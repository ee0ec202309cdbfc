// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The optimisations against the packet-by-packet evaluator: every packet of a small universe is decided, and
// logged, after each pass as it was before.

#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/plan/passes.h"
#include "compiler/plan/set_table.h"
#include "tests/property/packet_universe.h"

namespace cordon::plan {
namespace {

using config::Device;
using config::Filter;
using config::Role;
using config::Rule;
using packet::testing::chance;
using packet::testing::Random;
using packet::testing::Universe;

Rule random_rule(Random& random, const packet::MatchRule& match, SetTable& sets) {
  static constexpr Role roles[] = {Role::flow, Role::flow, Role::reply, Role::anti_spoofing};
  return {.action = match.action,
          .family = match.match.family,
          .role = roles[random() % std::size(roles)],
          .log = chance(random, 20),
          .source = sets.addresses(*match.match.source, "s"),
          .destination = sets.addresses(*match.match.destination, "d"),
          .services = sets.services(*match.match.services, "p"),
          .states = match.match.states,
          .fragments = match.match.fragments,
          .origin = sets.origin({.label = std::to_string(random() % 6), .note = {}, .range = {}})};
}

// One field of an earlier rule of the family is changed for that of another one: what merges is made of.
void vary(Random& random, std::vector<Rule>& rules) {
  Rule rule = rules[random() % rules.size()];
  const Rule& other = rules[random() % rules.size()];
  if (rule.family == other.family) {
    switch (random() % 3) {
      case 0:
        rule.source = other.source;
        break;
      case 1:
        rule.destination = other.destination;
        break;
      default:
        rule.services = other.services;
    }
  }
  rules.push_back(rule);
}

Device random_device(Random& random, const Universe& universe) {
  Device device;
  SetTable sets(device);
  for (const std::string_view name : {"one", "two"}) {
    Filter filter{.name = std::string(name), .rules = {}};
    const auto list = universe.random_list(random, 2 + random() % 6);
    for (const packet::MatchRule& match : list.rules) {
      const bool empty = match.match.source->empty() || match.match.destination->empty();
      if (!empty && !match.match.services->empty()) filter.rules.push_back(random_rule(random, match, sets));
    }
    for (std::size_t more = random() % 12; more > 0 && !filter.rules.empty(); --more)
      vary(random, filter.rules);
    for (const packet::Family family : packet::families) {
      filter.rules.push_back({.family = family,
                              .log = true,
                              .source = sets.all(family),
                              .destination = sets.all(family),
                              .services = sets.every_service(),
                              .origin = {}});
    }
    device.filters.push_back(std::move(filter));
  }
  return device;
}

// Action and logging of every packet, of all filters.
std::vector<std::pair<packet::Action, bool>> decisions(const Device& device, const Universe& universe) {
  std::vector<std::pair<packet::Action, bool>> found;
  for (const Filter& filter : device.filters) {
    for (const auto& [packet, weight] : universe.packets()) {
      const Rule* deciding = nullptr;
      for (const Rule& rule : filter.rules) {
        if (!packet::matches(config::to_match(device, rule), packet)) continue;
        deciding = &rule;
        break;
      }
      if (deciding == nullptr) FAIL("a filter has no last word");
      found.emplace_back(deciding->action, deciding->log);
    }
  }
  return found;
}

std::size_t rules_in(const Device& device) {
  std::size_t count = 0;
  for (const Filter& filter : device.filters) count += filter.rules.size();
  return count;
}

TEST_CASE("no pass changes what a filter decides or logs") {
  std::map<std::string_view, std::size_t> saved;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Universe universe(random, 2);
    Device device = random_device(random, universe);
    const auto before = decisions(device, universe);
    for (const Pass& pass : passes()) {
      if (chance(random, 20)) continue;
      CAPTURE(pass.name);
      const std::size_t rules = rules_in(device);
      const Pass* chosen[] = {&pass};
      optimise(device, chosen);
      CHECK(rules_in(device) <= rules);
      saved[pass.name] += rules - rules_in(device);
      REQUIRE(decisions(device, universe) == before);
    }
  }
  for (const auto& [name, count] : saved) MESSAGE(name << ": " << count << " rules fewer");
  for (const Pass& pass : passes()) CHECK((saved[pass.name] > 0) == (pass.name != "replies-first"));
}

}  // namespace
}  // namespace cordon::plan
