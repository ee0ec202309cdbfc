// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Lists that are the same rule by rule permit the same, by the packet-by-packet evaluator; and a list whose
// rules were taken apart as a text does it is the same.

#include <cstddef>
#include <cstdint>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/prove/filter_sets.h"
#include "compiler/prove/same_rules.h"
#include "tests/property/packet_universe.h"

namespace cordon::prove {
namespace {

using config::Device;
using config::FilterId;
using config::Rule;
using packet::testing::chance;
using packet::testing::Random;
using packet::testing::Universe;

Device random_device(Random& random, const Universe& universe) {
  Device device;
  config::Filter filter;
  const auto list = universe.random_list(random, 1 + random() % 6);
  for (const packet::MatchRule& match : list.rules) {
    if (match.match.source->empty() || match.match.destination->empty() || match.match.services->empty())
      continue;
    Rule rule;
    rule.action = match.action;
    rule.family = match.match.family;
    rule.source = device.addresses.push_back({*match.match.source, {}});
    rule.destination = device.addresses.push_back({*match.match.destination, {}});
    rule.services = device.services.push_back({*match.match.services, {}});
    rule.states = match.match.states;
    rule.fragments = match.match.fragments;
    filter.rules.push_back(rule);
  }
  device.filters.push_back(std::move(filter));
  return device;
}

std::vector<config::AddressSetId> parts(Device& device, config::AddressSetId id) {
  std::vector<config::AddressSetId> found;
  const packet::AddressSet whole = device.addresses[id].addresses;
  for (const packet::AddressRange& range : whole.ranges())
    found.push_back(device.addresses.push_back({packet::AddressSet(whole.family(), {range}), {}}));
  return found;
}

// An entry for each pair of members, as a text without groups has them.
void take_apart(Random& random, Device& device) {
  std::vector<Rule> entries;
  for (Rule rule : device.filters[FilterId{0}].rules) {
    if (chance(random, 30)) {
      entries.push_back(rule);
      continue;
    }
    for (const config::AddressSetId source : parts(device, rule.source)) {
      for (const config::AddressSetId destination : parts(device, rule.destination)) {
        rule.source = source;
        rule.destination = destination;
        entries.push_back(rule);
      }
    }
  }
  device.filters[FilterId{0}].rules = std::move(entries);
}

// A mistake, which may or may not matter.
void change(Random& random, Device& device) {
  std::vector<Rule>& rules = device.filters[FilterId{0}].rules;
  if (rules.empty()) return;
  Rule& one = rules[random() % rules.size()];
  Rule& other = rules[random() % rules.size()];
  switch (random() % 6) {
    case 0:
      one.action = one.action == packet::Action::permit ? packet::Action::deny : packet::Action::permit;
      break;
    case 1:
      one.services = other.services;
      break;
    case 2:
      if (one.family == other.family) one.destination = other.source;
      break;
    case 3:
      std::swap(one, other);
      break;
    case 4:
      one.states = other.states;
      break;
    default:
      rules.erase(rules.begin() + static_cast<std::ptrdiff_t>(random() % rules.size()));
  }
}

bool permit_the_same(const Device& a, const Device& b, const Universe& universe) {
  const auto first = match_rules(a, a.filters[FilterId{0}]), second = match_rules(b, b.filters[FilterId{0}]);
  for (const auto& [packet, weight] : universe.packets()) {
    if (packet::evaluate(first, packet) != packet::evaluate(second, packet)) return false;
  }
  return true;
}

TEST_CASE("what is the same rule by rule permits the same") {
  std::size_t same = 0, apart = 0;
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Universe universe(random, 2);
    const Device device = random_device(random, universe);
    Device text = device;
    take_apart(random, text);
    const bool changed = chance(random, 60);
    if (changed) change(random, text);
    const FilterId only[] = {FilterId{0}};
    if (SameRules(device, text).are_same(only, only)) {
      REQUIRE(permit_the_same(device, text, universe));
      ++(changed ? same : apart);
    }
  }
  MESSAGE(apart << " lists taken apart and " << same << " changed ones are the same");
  CHECK(same > 100);
  CHECK(apart > 500);
}

}  // namespace
}  // namespace cordon::prove
