// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What each line of a list does, and covers of sets, against brute force.

#include <cstddef>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/packet/packet_set.h"
#include "tests/property/packet_universe.h"

using namespace cordon::packet;
using namespace cordon::packet::testing;

namespace {

// By trying every packet: who is hit first, and would its absence be noticed?
std::vector<LineUse> uses_by_trying(const Universe& universe, const std::vector<MatchRule>& rules) {
  std::vector<LineUse> uses(rules.size());
  for (const auto& [packet, weight] : universe.packets()) {
    for (std::size_t i = 0; i < rules.size(); ++i) {
      if (!matches(rules[i], packet)) continue;
      uses[i].hit = true;
      const std::span<const MatchRule> rest(rules.data() + i + 1, rules.size() - i - 1);
      if (evaluate(rest, packet) != rules[i].action) uses[i].needed = true;
      break;
    }
  }
  return uses;
}

std::vector<MatchRule> permits_of(const std::vector<Cube>& cubes) {
  std::vector<MatchRule> rules;
  for (const Cube& cube : cubes) rules.push_back(cube.permit());
  return rules;
}

}  // namespace

TEST_CASE("hit and needed are what trying every packet says") {
  Random random(21);
  int shadowed = 0;
  int redundant = 0;
  int needed = 0;
  for (unsigned round = 0; round < 1500; ++round) {
    CAPTURE(round);
    const Universe universe(random, 1);
    RuleList list = universe.random_list(random, 1 + random() % 10);
    if (chance(random, 30)) list.rules.push_back(list.rules[random() % list.rules.size()]);
    const std::vector<LineUse> wanted = uses_by_trying(universe, list.rules);
    PacketSpace space;
    const auto uses = space.analyze(list.rules);
    REQUIRE(uses);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      CAPTURE(i);
      REQUIRE((*uses)[i].hit == wanted[i].hit);
      REQUIRE((*uses)[i].needed == wanted[i].needed);
      ++(!wanted[i].hit ? shadowed : wanted[i].needed ? needed : redundant);
    }
  }
  CHECK(shadowed > 500);
  CHECK(redundant > 500);
  CHECK(needed > 500);
}

TEST_CASE("without its shadowed lines, or without one redundant line, a list stays the same set") {
  Random random(22);
  for (unsigned round = 0; round < 400; ++round) {
    CAPTURE(round);
    const Universe universe(random, 1);
    const RuleList list = universe.random_list(random, 2 + random() % 8);
    PacketSpace space;
    const auto uses = space.analyze(list.rules);
    REQUIRE(uses);
    const auto whole = space.permitted(list.rules);
    std::vector<MatchRule> reached;
    for (std::size_t i = 0; i < list.rules.size(); ++i) {
      if ((*uses)[i].hit) reached.push_back(list.rules[i]);
      std::vector<MatchRule> without = list.rules;
      without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
      CHECK((*space.permitted(without) == *whole) == !(*uses)[i].needed);
    }
    CHECK(*space.permitted(reached) == *whole);
  }
}

TEST_CASE("the cubes of a cover are disjoint and their union is the set") {
  Random random(23);
  for (unsigned round = 0; round < 800; ++round) {
    CAPTURE(round);
    const Universe universe(random, 1 + round % 3);
    const RuleList list = universe.random_list(random, 1 + random() % 7);
    PacketSpace space;
    const auto set = space.permitted(list.rules);
    REQUIRE(set);
    const auto cubes = space.cover(*set);
    REQUIRE(cubes);
    CHECK(cubes->empty() == (*set == space.empty()));
    const auto covered = space.permitted(permits_of(*cubes));
    REQUIRE(*covered == *set);

    long double sum = 0;
    for (const Cube& cube : *cubes) {
      CHECK_FALSE(to_string(cube).empty());
      const auto one = space.permitted(std::vector{cube.permit()});
      CHECK_FALSE(*one == space.empty());
      sum += space.size(*one);
    }
    CHECK(std::abs(sum - space.size(*set)) <= sum * 1e-14L);
  }
}

TEST_CASE("a cover does not depend on how the set was written or on what came before") {
  Random random(24);
  for (unsigned round = 0; round < 200; ++round) {
    CAPTURE(round);
    const Universe universe(random, 1);
    const RuleList noise = universe.random_list(random, 5);
    const RuleList list = universe.random_list(random, 6);
    PacketSpace first;
    const auto first_cover = first.cover(*first.permitted(list.rules));
    PacketSpace second;
    static_cast<void>(second.permitted(list.rules));  // fixes which field comes first
    static_cast<void>(second.permitted(noise.rules));
    const auto again = permits_of(*first_cover);
    const std::vector<MatchRule> reversed(again.rbegin(), again.rend());
    const auto second_cover = second.cover(*second.permitted(reversed));
    REQUIRE(first_cover);
    REQUIRE(second_cover);
    CHECK(*first_cover == *second_cover);
  }
}
