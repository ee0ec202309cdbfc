// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Ways, against what the policy permits; what is said in spite of lines that are not understood, against what
// such a line may do.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/change/line_removal.h"
#include "compiler/change/ways.h"
#include "compiler/packet/packet_set.h"
#include "compiler/plan/plan.h"
#include "tests/support/as_reading.h"
#include "tests/support/cubes.h"
#include "tests/support/policy_builder.h"
#include "tests/support/random_policy.h"
#include "tests/support/random_question.h"

namespace cordon::change {
namespace {

using packet::Packet;
using test::Random;

// A policy that can be planned, and its plan as a perfect reader gives it back.
struct Planned {
  ir::Policy policy;
  std::vector<config::Reading> readings;
  std::vector<prove::ReadDevice> read;

  explicit Planned(std::uint64_t seed) : policy(test::random_policy(seed)) {
    if (policy.endpoints.empty() || policy.service_lists.empty()) return;
    diagnostics::Diagnostics faults;
    const plan::Plan plan = plan::plan(policy, test::capabilities_of(policy), faults, 1);
    if (faults.has_errors()) return;
    for (const config::Device& device : plan.devices)
      readings.push_back(test::as_reading(device, test::capabilities_named(device.platform)));
    for (const ir::DeviceId id : policy.devices.ids()) {
      if (policy.devices[id].configured())
        read.push_back({id, &readings[read.size()], &test::capabilities_named(policy.devices[id].platform)});
    }
  }
};

// All of it or nothing of it; what is partly permitted says nothing about a way.
std::optional<bool> decides(const Intent& intent, const ir::FlowSet& question) {
  const Space space(question);
  packet::PacketSpace packets;
  const auto asked = packets.permitted(space.rules());
  const auto all = packets.permitted(intent.rules());
  REQUIRE(asked);
  REQUIRE(all);
  const auto allowed = packets.intersect(*asked, *all);
  REQUIRE(allowed);
  if (*asked == packets.empty()) return std::nullopt;
  if (*allowed == *asked) return true;
  return *allowed == packets.empty() ? std::optional(false) : std::nullopt;
}

struct Told {
  std::size_t passed = 0, stopped = 0, several = 0;
};

// What a device sends itself meets none of its filters, whatever the policy says. Between zones a filter has
// to stand on every path; hosts in no zone may meet none.
bool is_filtered(const ir::Policy& policy, const PairWays& pair) {
  return pair.from.network.valid() && pair.to.network.valid() &&
         policy.networks[pair.from.network].zone.valid() && policy.networks[pair.to.network].zone.valid();
}

void judge(const PairWays& pair, bool allowed, Told& told) {
  told.several += pair.ways.size() > 1;
  for (const Way& way : pair.ways) {
    REQUIRE(way.there.passage == (allowed ? Passage::all : Passage::none));
    if (way.back) REQUIRE(way.back->passage == Passage::all);
    (allowed ? told.passed : told.stopped) += 1;
  }
}

// What is permitted gets through on every way, with its reply; what is not is stopped on every one.
TEST_CASE("every way decides as the policy does") {
  Told told;
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const Planned planned(seed);
    if (planned.read.empty()) continue;
    const ir::Policy& policy = planned.policy;
    const Intent intent(policy);
    for (int count = 0; count < 4; ++count) {
      const ir::FlowSet question = test::random_question(policy, random);
      const auto allowed = decides(intent, question);
      const auto ways = find_ways(intent, question, planned.read, {.pairs = 9, .ways = 9, .lines = 4});
      REQUIRE(ways);
      if (!allowed) continue;
      for (const PairWays& pair : ways->pairs) {
        if (is_filtered(policy, pair)) judge(pair, *allowed, told);
      }
    }
  }
  CHECK(told.passed > 100);
  CHECK(told.stopped > 100);
  CHECK(told.several > 50);
}

int places(const Fate& outcome, const Packet& packet) {
  return test::holds(outcome.allowed.cubes, packet) + test::holds(outcome.denied.cubes, packet) +
         test::holds(outcome.differs.cubes, packet) + test::holds(outcome.unknown.cubes, packet);
}

// A filter with a gap may do anything; what is said in spite of it has to hold whatever it does.
TEST_CASE("what is not understood is never claimed") {
  const WaysLimit limit{.pairs = 1, .ways = 1, .lines = 4, .outcome = true};
  std::size_t unknown = 0, claimed = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    Planned planned(seed);
    if (planned.read.empty()) continue;
    config::Reading& reading = planned.readings[random.below(planned.readings.size())];
    if (reading.device.filters.empty()) continue;
    const auto filter = config::FilterId{random.below(reading.device.filters.size())};
    const Intent intent(planned.policy);
    const ir::FlowSet question = test::random_question(planned.policy, random);
    const auto plain = find_ways(intent, question, planned.read, limit);
    reading.gaps.push_back(
        {.range = {}, .reason = "a test", .filter = random.below(4) == 0 ? config::FilterId{} : filter});
    const auto with_gap = find_ways(intent, question, planned.read, limit);
    std::ranges::reverse(reading.device.filters[filter].rules);
    const auto otherwise = find_ways(intent, question, planned.read, limit);
    REQUIRE(plain);
    REQUIRE(with_gap);
    REQUIRE(otherwise);
    REQUIRE((plain->uncounted || plain->outcome.unknown.empty()));
    REQUIRE(with_gap->outcome.allowed.cubes == otherwise->outcome.allowed.cubes);
    REQUIRE(with_gap->outcome.denied.cubes == otherwise->outcome.denied.cubes);
    for (const Packet& packet : test::random_packets(planned.policy, seed, 200)) {
      if (!test::opens_something(packet)) continue;
      REQUIRE(places(plain->outcome, packet) == places(with_gap->outcome, packet));
      REQUIRE(places(plain->outcome, packet) <= 1);
      if (test::holds(with_gap->outcome.allowed.cubes, packet))
        REQUIRE(test::holds(plain->outcome.allowed.cubes, packet));
      if (test::holds(with_gap->outcome.denied.cubes, packet))
        REQUIRE(test::holds(plain->outcome.denied.cubes, packet));
    }
    unknown += !with_gap->outcome.unknown.empty();
    claimed += !with_gap->outcome.allowed.empty() || !with_gap->outcome.denied.empty();
  }
  CHECK(unknown > 50);
  CHECK(claimed > 50);
}

// Every rule stands on a line of its own.
void number_lines(config::Reading& reading) {
  reading.device.origins = {};
  std::uint32_t at = 0;
  for (config::Filter& filter : reading.device.filters) {
    for (config::Rule& rule : filter.rules) {
      const source::Range line{.file = source::FileId{1}, .begin = at, .end = at + 1};
      rule.origin = reading.device.origins.push_back({.label = {}, .note = {}, .range = line});
      ++at;
    }
  }
}

// Somebody opened a line by hand: where that lets something pass, it is the line to delete.
TEST_CASE("the line that somebody opened is the one that goes") {
  std::size_t opened = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    Planned planned(seed);
    if (planned.read.empty()) continue;
    const std::uint32_t device = random.below(planned.read.size());
    config::Reading& reading = planned.readings[device];
    if (reading.device.filters.empty()) continue;
    config::Filter& filter =
        reading.device.filters[config::FilterId{random.below(reading.device.filters.size())}];
    if (filter.rules.empty()) continue;
    config::Rule& rule = filter.rules[random.below(filter.rules.size())];
    if (rule.action == packet::Action::permit) continue;
    rule.action = packet::Action::permit;
    for (config::Reading& each : planned.readings) number_lines(each);
    const source::Range line = reading.line_of(rule);
    const Intent intent(planned.policy);
    for (int count = 0; count < 4; ++count) {
      const ir::FlowSet question = test::random_question(planned.policy, random);
      if (decides(intent, question) != std::optional(false)) continue;
      const auto lines = lines_to_remove(intent, question, planned.read);
      REQUIRE(lines);
      for (const RemovableLine& each : *lines) {
        REQUIRE(each.device == planned.read[device].device);
        REQUIRE(each.line == line);
      }
      opened += !lines->empty();
    }
  }
  CHECK(opened > 5);
}

}  // namespace
}  // namespace cordon::change
