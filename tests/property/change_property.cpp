// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a change opens and closes, against an evaluator that asks both policies packet by packet.

#include <algorithm>
#include <random>
#include <string>

#include <doctest/doctest.h>

#include "compiler/change/difference.h"
#include "compiler/packet/naive.h"
#include "tests/support/random_policy.h"
#include "tests/support/simulator.h"

namespace cordon::change {
namespace {

using packet::Packet;
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

bool holds(const std::vector<packet::Cube>& cubes, const Packet& packet) {
  return std::ranges::any_of(cubes, [&](const packet::Cube& cube) {
    const packet::MatchRule rule = cube.permit();
    return packet::evaluate({&rule, 1}, packet) == packet::Action::permit;
  });
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

}  // namespace
}  // namespace cordon::change
