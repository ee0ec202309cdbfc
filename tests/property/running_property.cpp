// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What is said of running configurations, packet by packet, against an evaluator that walks every simple path
// and asks every filter rule by rule: plans as they are, damaged, with lines that are not understood, with
// devices of which nothing was read, with filters between pairs of interfaces, and with stated routes.

#include <algorithm>
#include <cstdint>
#include <set>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/change/dead_rules.h"
#include "compiler/change/running_query.h"
#include "compiler/packet/naive.h"
#include "tests/support/random_policy.h"
#include "tests/support/random_question.h"
#include "tests/support/running_network.h"
#include "tests/support/running_paths.h"

namespace cordon::change {
namespace {

using packet::Action;
using packet::Packet;
using test::Random;
using Network = test::RunningNetwork;
using Naive = test::RunningPaths;
using Verdict = test::PathVerdict;

struct Seen {
  std::size_t allowed = 0, denied = 0, differs = 0, some = 0, unknown = 0, careful = 0, ringed = 0;
};

void judge(const Network& network, RunningPermits& running, const RunningFate& fate, Naive& naive,
           const Packet& packet, Seen& seen) {
  CAPTURE(to_string(packet));
  const packet::PacketSpace& space = running.space();
  const bool allowed = space.contains(fate.allowed, packet), denied = space.contains(fate.denied, packet);
  const bool differs = space.contains(fate.differs, packet), some = space.contains(fate.some, packet);
  const bool unknown = space.contains(fate.unknown, packet);
  REQUIRE(allowed + denied + differs + some + unknown == space.contains(fate.asked, packet));
  if (!space.contains(fate.asked, packet)) return;
  const std::set<Verdict> paths = naive.paths(packet);
  const bool passes = paths.contains(Verdict::passes), stops = paths.contains(Verdict::stopped);
  const bool open = paths.contains(Verdict::unknown);
  if (allowed) REQUIRE((passes && !stops && !open));
  if (denied) REQUIRE((!passes && !open));
  if (differs || some) REQUIRE(passes);
  if (unknown && !network.pairs) REQUIRE(open);
  if (!network.gaps) REQUIRE((!some && (network.pairs || !unknown)));
  // The other way round: what every path decides alike is told so.
  if (!network.pairs && !passes && !open) REQUIRE(denied);
  if (!network.pairs && passes) REQUIRE((allowed || differs || some));
  seen.allowed += allowed;
  seen.denied += denied;
  seen.differs += differs;
  seen.some += some;
  seen.unknown += unknown;
  seen.careful += (differs && !stops) || (some && !open) || (unknown && !open);
}

// What is not known has a reason that is told, and nothing else has.
void require_reasons(const Network& network, RunningPermits& running, const RunningFate& fate) {
  const packet::PacketSet none = running.space().empty();
  for (const packet::PacketSet& set : {fate.unknown, fate.some}) {
    const std::vector<Blind> blind = running.blind_for(set);
    const bool fits = std::ranges::all_of(blind, [&](const Blind& each) {
      const bool gap = each.not_given || !each.unread.empty() || !each.gaps.empty();
      return (gap || each.ring) && (network.gaps || !gap) && (network.pairs || !each.ring);
    });
    REQUIRE(fits);
    REQUIRE(blind.empty() == (set == none));
  }
}

Seen judge_all(std::uint64_t seeds, bool gaps, bool pairs) {
  Seen seen;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    Network network(seed);
    if (network.readings.empty()) continue;
    if (random.chance(80)) network.damage(random);
    if (gaps) network.make_gaps(random);
    if (pairs) network.make_pairs(random);
    const Intent intent(network.policy);
    const auto read = network.read();
    RunningPermits running(intent, read);
    Naive naive(network);
    for (std::uint64_t count = 0; count < 3; ++count) {
      const ir::FlowSet question = test::random_question(network.policy, random);
      const RunningFate fate = running.ask(question.from, question.to, question.services);
      require_reasons(network, running, fate);
      seen.ringed += !gaps && !(fate.unknown == running.space().empty());
      for (const packet::PacketSet& set :
           {fate.allowed, fate.denied, fate.differs, fate.some, fate.unknown}) {
        if (const auto packet = running.space().witness(set))
          judge(network, running, fate, naive, *packet, seen);
      }
      for (const Packet& packet : test::random_packets(network.policy, seed + 1000 * count, 60))
        judge(network, running, fate, naive, packet, seen);
    }
  }
  MESSAGE(seen.allowed << " allowed, " << seen.denied << " denied, " << seen.differs << " differ, "
                       << seen.some << " on some way, " << seen.unknown << " unknown, " << seen.careful
                       << " told with more care than needed");
  return seen;
}

TEST_CASE("what is understood is decided, as every path of every packet is") {
  const Seen seen = judge_all(500, false, false);
  CHECK(seen.allowed > 500);
  CHECK(seen.denied > 500);
  CHECK(seen.differs > 50);
}

TEST_CASE("what is not understood is never claimed") {
  const Seen seen = judge_all(500, true, false);
  CHECK(seen.allowed > 200);
  CHECK(seen.denied > 200);
  CHECK(seen.unknown > 200);
}

TEST_CASE("filters between pairs of interfaces") {
  const Seen seen = judge_all(300, false, true);
  CHECK(seen.allowed > 200);
  CHECK(seen.denied > 200);
  CHECK(seen.ringed > 5);
}

TEST_CASE("filters between pairs of interfaces that are not all understood") { judge_all(80, true, true); }

bool in_zone(const ir::Policy& policy, const packet::AddressSet& addresses) {
  return std::ranges::all_of(policy.networks, [&](const ir::Network& network) {
    return network.zone.valid() || !packet::intersects(network.addresses.of(addresses.family()), addresses);
  });
}

// Between zones a filter has to stand on every path; hosts in no zone may meet none, and a device's own
// packets pass its filters.
bool between_zones(const ir::Policy& policy, const std::vector<packet::Cube>& cubes) {
  return std::ranges::any_of(cubes, [&](const packet::Cube& cube) {
    return !packet::intersects(cube.source, policy.device_addresses.of(cube.family())) &&
           !packet::intersects(cube.destination, policy.device_addresses.of(cube.family())) &&
           in_zone(policy, cube.source) && in_zone(policy, cube.destination);
  });
}

// How many ends are reached.
std::size_t require_no_more_no_less(const ir::Policy& policy, Naive& naive, const RunningEnds& answer) {
  REQUIRE(answer.blind.empty());
  std::size_t reached = 0;
  for (const RunningEnd& each : answer.found) {
    REQUIRE(!between_zones(policy, each.found.beyond.cubes));
    // What no way leads to nobody can let through.
    if (between_zones(policy, each.found.short_of.cubes))
      REQUIRE(naive.paths(*each.found.short_of.example).empty());
    REQUIRE(each.found.unknown.empty());
    reached += !each.found.causes.empty();
  }
  return reached;
}

TEST_CASE("devices that do what the policy says do no more and no less, end by end") {
  std::size_t reached = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    Network network(seed);
    // A gateway that is not ours may send hosts back into a network that keeps them apart.
    if (network.readings.empty() || !std::ranges::all_of(network.policy.devices, &ir::Device::configured))
      continue;
    for (ir::Device& device : network.policy.devices) device.shortest_routing = false;
    const ir::Policy& policy = network.policy;
    const Intent intent(policy);
    const auto read = network.read();
    RunningPermits running(intent, read);
    Naive naive(network);
    const std::vector<End> ends = ends_of(policy);
    Random random(seed);
    const ir::FlowSet question = test::random_question(policy, random);
    for (const bool towards : {true, false}) {
      const auto answer = towards ? running_who_reaches(running, ends, question.to)
                                  : running_reached_from(running, ends, question.to);
      REQUIRE(answer);
      REQUIRE(answer->found.size() == ends.size());
      reached += require_no_more_no_less(policy, naive, *answer);
    }
    const auto reach = running_reach(running, question);
    const auto trip = running_roundtrip(running, question);
    REQUIRE(reach);
    REQUIRE(trip);
    REQUIRE(!between_zones(policy, trip->lost.cubes));
    const auto lines = running_lines(running, question);
    REQUIRE(lines);
    for (const RunningLine& line : lines->lines) REQUIRE(!line.part.empty());
  }
  CHECK(reached > 100);
}

// Which rule decides about a packet, one after the other.
std::size_t deciding(const config::Device& device, const config::Filter& filter, const Packet& packet) {
  for (std::size_t rule = 0; rule < filter.rules.size(); ++rule) {
    packet::MatchRule alone = config::to_match(device, filter.rules[rule]);
    alone.action = Action::permit;
    if (packet::evaluate({&alone, 1}, packet) == Action::permit) return rule;
  }
  return filter.rules.size();
}

TEST_CASE("a dead line decides about no packet, and those that cover it do") {
  std::size_t dead_lines = 0, otherwise = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    Network network(seed);
    if (network.readings.empty()) continue;
    network.damage(random);
    std::uint32_t line = 0;
    for (config::Reading& reading : network.readings) {
      for (config::Filter& filter : reading.device.filters) {
        for (config::Rule& rule : filter.rules) {
          rule.origin = reading.device.origins.push_back(
              {.label = {}, .note = {}, .range = {source::FileId{0}, line, line + 1}});
          ++line;
        }
      }
    }
    const auto dead = find_dead_rules(network.read());
    REQUIRE(dead);
    REQUIRE(dead->lines == line);
    std::set<std::uint32_t> lines;
    for (const DeadRule& each : dead->found) {
      lines.insert(each.line.begin);
      REQUIRE(!each.covered_by.empty());
      for (const RunningRule& by : each.covered_by) REQUIRE(by.line.begin < each.line.begin);
      otherwise += each.otherwise;
    }
    dead_lines += lines.size();
    for (const Packet& packet : test::random_packets(network.policy, seed, 200)) {
      for (const config::Reading& reading : network.readings) {
        for (const config::Filter& filter : reading.device.filters) {
          const std::size_t rule = deciding(reading.device, filter, packet);
          if (rule < filter.rules.size()) REQUIRE(!lines.contains(reading.line_of(filter.rules[rule]).begin));
        }
      }
    }
  }
  CHECK(dead_lines > 100);
  CHECK(otherwise > 20);
}

}  // namespace
}  // namespace cordon::change
