// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a change opens and closes, against an evaluator that asks both policies packet by packet.

#include <algorithm>
#include <random>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "compiler/change/difference.h"
#include "compiler/change/policy_tests.h"
#include "compiler/change/test_strength.h"
#include "compiler/packet/naive.h"
#include "tests/support/cubes.h"
#include "tests/support/random_policy.h"
#include "tests/support/simulator.h"

namespace cordon::change {
namespace {

using packet::Packet;
using test::holds;
using Random = std::mt19937_64;

// A mistake, or an edit, as somebody would make it.
void edit(ir::Policy& policy, Random& random) {
  if (policy.conduits.empty()) return;
  ir::Conduit& conduit =
      policy.conduits[ir::ConduitId{static_cast<std::uint32_t>(random() % policy.conduits.size())}];
  if (conduit.flows.empty()) return;
  ir::Flow& flow = conduit.flows[random() % conduit.flows.size()];
  switch (random() % 6) {
    case 0:
      conduit.flows.erase(conduit.flows.begin());
      break;
    case 1:
      std::swap(flow.from, flow.to);
      break;
    case 2:
      flow.services = ir::ServiceListId{static_cast<std::uint32_t>(random() % policy.service_lists.size())};
      break;
    case 3:
      conduit.flows.push_back(flow);  // said twice
      break;
    case 4: {
      ir::Zone& zone = policy.zones[ir::ZoneId{static_cast<std::uint32_t>(random() % policy.zones.size())}];
      zone.isolate = !zone.isolate;
      break;
    }
    default:
      policy.zones[ir::ZoneId{static_cast<std::uint32_t>(random() % policy.zones.size())}].name += "-renamed";
  }
}

bool opened(const Difference& difference, const Packet& packet) {
  return std::ranges::any_of(difference.pairs,
                             [&](const PairDifference& pair) { return holds(pair.opened.cubes, packet); });
}
bool closed(const Difference& difference, const Packet& packet) {
  return std::ranges::any_of(difference.pairs,
                             [&](const PairDifference& pair) { return holds(pair.closed.cubes, packet); });
}

TEST_CASE("what opens and closes is what an evaluator sees, packet by packet") {
  std::size_t differing = 0, seen = 0;
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const ir::Policy before = test::random_policy(seed);
    ir::Policy after = before;
    for (std::uint64_t edits = 1 + random() % 3; edits > 0; --edits) edit(after, random);
    const Intent first(before), second(after);
    const auto difference = compare(first, second);
    REQUIRE(difference);
    const test::Intent was(before), is(after);
    bool opens = false, closes = false;
    for (const Packet& packet : test::random_packets(before, seed, 200)) {
      if (packet.state != packet::State::fresh || packet.fragment != packet::Fragment::first_or_whole)
        continue;
      const bool opens_it = is.opens(packet) && !was.opens(packet),
                 closes_it = was.opens(packet) && !is.opens(packet);
      REQUIRE_MESSAGE(opened(*difference, packet) == opens_it, to_string(packet));
      REQUIRE_MESSAGE(closed(*difference, packet) == closes_it, to_string(packet));
      opens = opens || opens_it;
      closes = closes || closes_it;
      ++seen;
    }
    // The example is one, by the other road.
    for (const PairDifference& pair : difference->pairs) {
      if (pair.opened.example) {
        REQUIRE(is.opens(*pair.opened.example));
        REQUIRE(!was.opens(*pair.opened.example));
        REQUIRE(!pair.opened.causes.empty());
      }
      if (pair.closed.example) {
        REQUIRE(was.opens(*pair.closed.example));
        REQUIRE(!is.opens(*pair.closed.example));
        REQUIRE(!pair.closed.causes.empty());
      }
    }
    if (difference->verdict() == Verdict::equal) REQUIRE(!(opens || closes));
    differing += difference->verdict() != Verdict::equal;
  }
  CHECK(differing > 500);
  CHECK(seen > 100000);
}

TEST_CASE("the same meaning is no difference, whatever the order and the names") {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const ir::Policy before = test::random_policy(seed);
    ir::Policy after = before;
    for (ir::Conduit& conduit : after.conduits) {
      std::ranges::shuffle(conduit.flows, random);
      if (!conduit.flows.empty()) conduit.flows.push_back(conduit.flows.front());
      conduit.name += "-new";
    }
    for (ir::Zone& zone : after.zones) zone.name = "z-" + zone.name;
    const Intent first(before), second(after);
    const auto difference = compare(first, second);
    REQUIRE(difference);
    REQUIRE(difference->pairs.empty());
    REQUIRE(difference->verdict() == Verdict::equal);
  }
}

// Tests that hold, made from ends and services of the policy itself; those of nothing are left out.
void add_tests(ir::Policy& policy, Random& random) {
  for (int count = 0; count < 12; ++count) {
    ir::PolicyTest test;
    test.traffic.from = {ir::EndpointId{static_cast<std::uint32_t>(random() % policy.endpoints.size())}};
    test.traffic.to = {ir::EndpointId{static_cast<std::uint32_t>(random() % policy.endpoints.size())}};
    if (random() % 4 != 0)
      test.traffic.services =
          ir::ServiceListId{static_cast<std::uint32_t>(random() % policy.service_lists.size())};
    for (const bool allow : {true, false}) {
      test.allow = allow;
      const Intent intent(policy);
      const auto results = run_tests(intent, {&test, 1});
      REQUIRE(results);
      if (results->front().outcome == Outcome::passed) policy.evidence.tests.push_back(test);
    }
  }
}

std::size_t failing(const ir::Policy& policy) {
  const Intent intent(policy);
  const auto results = run_tests(intent, policy.evidence.tests);
  REQUIRE(results);
  return static_cast<std::size_t>(std::ranges::count(*results, Outcome::failed, &TestResult::outcome));
}

bool asks(const ir::Policy& policy, const ir::PolicyTest& test, const Packet& packet) {
  const Space space(policy, test.traffic);
  return packet::evaluate(space.rules(), packet) == packet::Action::permit;
}

TEST_CASE("a policy test is answered for every packet it speaks of") {
  std::size_t failed = 0, passed = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    ir::Policy policy = test::random_policy(seed);
    if (policy.endpoints.empty() || policy.service_lists.empty()) continue;
    add_tests(policy, random);
    for (ir::PolicyTest& each : policy.evidence.tests) {
      if (random() % 2 == 0) each.allow = !each.allow;
    }
    const Intent intent(policy);
    const test::Intent slow(policy);
    const auto results = run_tests(intent, policy.evidence.tests);
    REQUIRE(results);
    for (const TestResult& result : *results) {
      const bool wanted = result.test->allow;
      if (result.outcome == Outcome::failed) {
        ++failed;
        REQUIRE(result.example);
        REQUIRE(slow.opens(*result.example) != wanted);
        REQUIRE(asks(policy, *result.test, *result.example));
        REQUIRE((wanted || !result.causes.empty()));
      }
      for (const Packet& packet : test::random_packets(policy, seed, 60)) {
        if (packet.state != packet::State::fresh || packet.fragment != packet::Fragment::first_or_whole)
          continue;
        if (!asks(policy, *result.test, packet)) continue;
        const bool against = slow.opens(packet) != wanted;
        REQUIRE((!against || result.outcome == Outcome::failed));
        REQUIRE(holds(result.otherwise, packet) == against);
      }
      passed += result.outcome == Outcome::passed;
    }
  }
  CHECK(failed > 100);
  CHECK(passed > 100);
}

// As a policy that was read always has it: an end of a flow lies in one zone.
bool ends_in_one_zone(const ir::Policy& policy) {
  const auto one_zone = [&](ir::EndpointId id) {
    std::set<ir::ZoneId> zones;
    for (const ir::Piece& piece : policy.endpoints[id].pieces)
      zones.insert(policy.networks[piece.network].zone);
    return zones.size() <= 1;
  };
  return std::ranges::all_of(policy.conduits, [&](const ir::Conduit& conduit) {
    return std::ranges::all_of(
        conduit.flows, [&](const ir::Flow& flow) { return one_zone(flow.from) && one_zone(flow.to); });
  });
}

TEST_CASE("a dropped flow is noticed exactly when a test fails without it") {
  std::size_t noticed = 0, unnoticed = 0;
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    ir::Policy policy = test::random_policy(seed);
    if (policy.endpoints.empty() || policy.service_lists.empty() || !ends_in_one_zone(policy)) continue;
    add_tests(policy, random);
    REQUIRE(failing(policy) == 0);
    const Intent intent(policy);
    const auto coverage = measure_coverage(intent);
    REQUIRE(coverage);
    for (const ir::ConduitId id : policy.conduits.ids()) {
      for (std::uint32_t index = 0; index < policy.conduits[id].flows.size(); ++index) {
        ir::Policy without = policy;
        without.conduits[id].flows.erase(without.conduits[id].flows.begin() + index);
        const bool loose =
            std::ranges::find(coverage->loose_flows, ir::FlowId{id, index}) != coverage->loose_flows.end();
        const Intent rest(without);
        const auto difference = compare(intent, rest);
        REQUIRE(difference);
        const bool pinned = failing(without) > 0;
        REQUIRE(pinned == (difference->verdict() != Verdict::equal && !loose));
        noticed += pinned;
        unnoticed += !pinned;
      }
    }
  }
  CHECK(noticed > 20);
  CHECK(unnoticed > 20);
}

}  // namespace
}  // namespace cordon::change
