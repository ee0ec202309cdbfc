// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a change was meant to do, and what somebody approved beforehand, against an evaluator that asks both
// policies packet by packet.

#include <algorithm>
#include <random>

#include <doctest/doctest.h>

#include "compiler/change/envelopes.h"
#include "compiler/change/purpose.h"
#include "compiler/ir/endpoint_addresses.h"
#include "compiler/packet/naive.h"
#include "tests/support/cubes.h"
#include "tests/support/random_policy.h"
#include "tests/support/simulator.h"

namespace cordon::change {
namespace {

using packet::Packet;
using test::holds;
using test::opens_something;
using Random = std::mt19937_64;

// One flow turned round, taken out, or with other services.
ir::Policy edited(const ir::Policy& policy, Random& random) {
  ir::Policy after = policy;
  for (ir::Conduit& conduit : after.conduits) {
    if (conduit.flows.empty() || random() % 2 == 0) continue;
    ir::Flow& flow = conduit.flows[random() % conduit.flows.size()];
    const ir::ServiceListId services{static_cast<std::uint32_t>(random() % policy.service_lists.size())};
    switch (random() % 3) {
      case 0:
        std::swap(flow.from, flow.to);
        break;
      case 1:
        flow.services = services;
        break;
      default:
        conduit.flows.erase(conduit.flows.begin());
    }
  }
  return after;
}

ir::Traffic some_traffic(const ir::Policy& policy, Random& random) {
  const auto any_end = [&] {
    return ir::EndpointId{static_cast<std::uint32_t>(random() % policy.endpoints.size())};
  };
  ir::Traffic traffic;
  traffic.from = {any_end()};
  traffic.to = {any_end()};
  if (random() % 2 == 0)
    traffic.services = ir::ServiceListId{static_cast<std::uint32_t>(random() % policy.service_lists.size())};
  return traffic;
}

ir::FlowSet as_flow(const ir::Policy& policy, const ir::Traffic& traffic) {
  ir::FlowSet flow;
  flow.from = ir::addresses_of(policy, policy.endpoints[traffic.from.front()]);
  flow.to = ir::addresses_of(policy, policy.endpoints[traffic.to.front()]);
  flow.services = traffic.services.valid() ? policy.service_lists[traffic.services].terms
                                           : packet::ServiceSet{packet::ServiceTerm{}};
  return flow;
}

bool asks(const ir::FlowSet& flow, const Packet& packet) {
  const Space space(flow);
  return packet::evaluate(space.rules(), packet) == packet::Action::permit;
}

TEST_CASE("a change is held against what it says, packet by packet") {
  std::size_t residue = 0, said = 0;
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const ir::Policy before = test::random_policy(seed);
    if (before.endpoints.empty() || before.service_lists.empty()) continue;
    const ir::Policy after = edited(before, random);
    Purpose purpose;
    purpose.opens = {as_flow(before, some_traffic(before, random))};
    purpose.closes = {as_flow(before, some_traffic(before, random))};
    const Intent first(before), second(after);
    const auto result = judge(first, second, purpose);
    REQUIRE(result);
    REQUIRE(result->lines.size() == 2);
    const test::Intent was(before), is(after);
    for (const Packet& packet : test::random_packets(before, seed, 80)) {
      if (!opens_something(packet)) continue;
      const bool old = was.opens(packet), now = is.opens(packet);
      const bool opens = asks(purpose.opens[0], packet), closes = asks(purpose.closes[0], packet);
      REQUIRE(holds(result->lines[0].before.cubes, packet) == (opens && old));
      REQUIRE(holds(result->lines[0].after.cubes, packet) == (opens && !now));
      REQUIRE(holds(result->lines[1].before.cubes, packet) == (closes && !old));
      REQUIRE(holds(result->lines[1].after.cubes, packet) == (closes && now));
      REQUIRE(holds(result->opened.cubes, packet) == (now && !old && !opens));
      REQUIRE(holds(result->closed.cubes, packet) == (old && !now && !closes));
      residue += old != now && !opens && !closes;
      said += opens || closes;
    }
    REQUIRE(result->opened.cubes.empty() == result->opened.causes.empty());
    REQUIRE(result->closed.cubes.empty() == result->closed.causes.empty());
  }
  CHECK(residue > 500);
  CHECK(said > 1000);
}

TEST_CASE("what opens is inside an envelope or outside of all, packet by packet") {
  std::size_t inside = 0, outside = 0;
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    ir::Policy before = test::random_policy(seed);
    if (before.endpoints.empty() || before.service_lists.empty()) continue;
    const ir::Policy after = edited(before, random);  // it has no envelopes, and would not be asked for them
    for (std::uint64_t count = random() % 4; count > 0; --count) {
      ir::Envelope& envelope = before.evidence.envelopes.emplace_back();
      envelope.name = std::to_string(count);
      envelope.approves = {some_traffic(before, random), some_traffic(before, random)};
    }
    const Intent first(before), second(after);
    const auto difference = compare(first, second);
    REQUIRE(difference);
    const auto result = judge_envelopes(first, second, *difference);
    REQUIRE(result);
    const test::Intent was(before), is(after);
    for (const Packet& packet : test::random_packets(before, seed, 80)) {
      if (!opens_something(packet)) continue;
      const bool opens = is.opens(packet) && !was.opens(packet);
      const ir::Envelope* wanted = nullptr;
      for (const ir::Envelope& envelope : before.evidence.envelopes) {
        for (const ir::Traffic& traffic : envelope.approves) {
          if (wanted == nullptr && asks(as_flow(before, traffic), packet)) wanted = &envelope;
        }
      }
      std::size_t parts = 0;
      for (const EnvelopePart& part : result->parts) {
        if (!holds(part.cubes, packet)) continue;
        REQUIRE(part.envelope == wanted);
        REQUIRE(result->inside(part) == (wanted != nullptr));
        ++parts;
      }
      REQUIRE((parts > 0) == opens);
      inside += opens && wanted != nullptr;
      outside += opens && wanted == nullptr;
    }
  }
  CHECK(inside > 50);
  CHECK(outside > 300);
}

}  // namespace
}  // namespace cordon::change
