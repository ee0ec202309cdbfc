// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Who reaches whom, against an evaluator that asks packet by packet.

#include <algorithm>
#include <random>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/change/query.h"
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

bool within(const ir::Addresses& addresses, packet::Family family, packet::Bits bits) {
  return addresses.of(family).contains({family, bits});
}

// The ends of flows, cut and put together as an expression would.
ir::Addresses some_addresses(const ir::Policy& policy, Random& random) {
  const auto any_end = [&] {
    const ir::EndpointId id{static_cast<std::uint32_t>(random() % policy.endpoints.size())};
    return ir::addresses_of(policy, policy.endpoints[id]);
  };
  ir::Addresses set = any_end();
  const ir::Addresses other = any_end();
  for (const packet::Family family : packet::families) {
    switch (random() % 4) {
      case 0:
        set.of(family) = unite(set.of(family), other.of(family));
        break;
      case 1:
        set.of(family) = subtract(set.of(family), other.of(family));
        break;
      case 2:
        if (random() % 4 == 0) set.of(family) = packet::AddressSet::all(family);
        break;
      default:
        break;
    }
  }
  return set;
}

ir::FlowSet some_flow(const ir::Policy& policy, Random& random) {
  ir::FlowSet flow;
  flow.from = some_addresses(policy, random);
  flow.to = some_addresses(policy, random);
  flow.services = {packet::ServiceTerm{}};
  if (random() % 3 != 0) {
    const ir::ServiceListId list{static_cast<std::uint32_t>(random() % policy.service_lists.size())};
    flow.services = policy.service_lists[list].terms;
  }
  return flow;
}

// Whether the cause permits the packet, by its own words.
bool permits(const Permits& permits, std::uint32_t cause, const Packet& packet) {
  for (std::size_t at = 0; at < permits.rules.size(); ++at) {
    if (permits.causes[at] == cause &&
        packet::evaluate({&permits.rules[at], 1}, packet) == packet::Action::permit)
      return true;
  }
  return false;
}

TEST_CASE("what of a flow is permitted, and which lines do it, packet by packet") {
  std::size_t allowed = 0, denied = 0, superfluous = 0;
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const ir::Policy policy = test::random_policy(seed);
    if (policy.endpoints.empty() || policy.service_lists.empty()) continue;
    const ir::FlowSet asked = some_flow(policy, random);
    const Intent intent(policy);
    const test::Intent slow(policy);
    const Space space(asked);
    const Permits all = permits_of(intent);
    const auto found = reach(all, space);
    const auto lines = lines_of(all, space);
    REQUIRE(found);
    REQUIRE(lines);
    for (const Packet& packet : test::random_packets(policy, seed, 80)) {
      if (!opens_something(packet)) continue;
      const bool in_flow = packet::evaluate(space.rules(), packet) == packet::Action::permit;
      REQUIRE(holds(found->allowed.cubes, packet) == (in_flow && slow.opens(packet)));
      REQUIRE(holds(found->denied.cubes, packet) == (in_flow && !slow.opens(packet)));
      std::size_t by = 0;
      for (const LineFound& line : *lines) {
        const bool does = in_flow && permits(all, line.cause, packet);
        REQUIRE(holds(line.cubes, packet) == does);
        by += does;
      }
      REQUIRE((by > 0) == (in_flow && slow.opens(packet)));
      for (const LineFound& line : *lines) {
        if (by == 1 && holds(line.cubes, packet)) REQUIRE(line.needed);
      }
      allowed += by > 0;
      denied += in_flow && by == 0;
    }
    std::vector<std::uint32_t> causes;
    for (const LineFound& line : *lines) causes.push_back(line.cause);
    REQUIRE(causes == found->allowed.causes);
    superfluous += static_cast<std::size_t>(std::ranges::count(*lines, false, &LineFound::needed));
    if (found->allowed.example) REQUIRE(slow.opens(*found->allowed.example));
    if (found->denied.example) REQUIRE(!slow.opens(*found->denied.example));
  }
  CHECK(allowed > 2000);
  CHECK(denied > 2000);
  CHECK(superfluous > 20);
}

TEST_CASE("who reaches a set, and what it reaches, end by end") {
  std::size_t reached = 0, nobody = 0;
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const ir::Policy policy = test::random_policy(seed);
    if (policy.endpoints.empty()) continue;
    const ir::Addresses set = some_addresses(policy, random);
    const Intent intent(policy);
    const test::Intent slow(policy);
    const std::vector<End> ends = ends_of(policy);
    const auto towards = who_reaches(permits_of(intent), ends, set);
    const auto away = reached_from(permits_of(intent), ends, set);
    REQUIRE(towards);
    REQUIRE(away);
    REQUIRE(towards->size() == ends.size());
    for (const Packet& packet : test::random_packets(policy, seed, 80)) {
      if (!opens_something(packet)) continue;
      const bool opens = slow.opens(packet);
      std::size_t sources = 0, targets = 0;
      for (std::size_t end = 0; end < ends.size(); ++end) {
        const bool from = within(ends[end].addresses, packet.family, packet.source);
        const bool to = within(ends[end].addresses, packet.family, packet.destination);
        REQUIRE(holds((*towards)[end].found.cubes, packet) ==
                (opens && from && within(set, packet.family, packet.destination)));
        REQUIRE(holds((*away)[end].found.cubes, packet) ==
                (opens && to && within(set, packet.family, packet.source)));
        sources += from;
        targets += to;
      }
      REQUIRE(sources > 0);  // every address is of some end
      REQUIRE(targets > 0);
      reached += opens;
    }
    for (const EndFound& each : *towards) {
      REQUIRE(each.found.empty() == each.found.causes.empty());
      nobody += each.found.empty();
      if (each.found.example) REQUIRE(slow.opens(*each.found.example));
    }
  }
  CHECK(reached > 2000);
  CHECK(nobody > 500);
}

TEST_CASE("whoever is reached reaches on, step by step") {
  std::size_t steps = 0, met = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    const ir::Policy policy = test::random_policy(seed);
    if (policy.endpoints.empty()) continue;
    const ir::Addresses set = some_addresses(policy, random);
    const Intent intent(policy);
    const test::Intent slow(policy);
    const std::vector<End> ends = ends_of(policy);
    const Permits permits = permits_of(intent);
    const Blast blast = blast_radius(permits, policy, ends, set);
    const Blast one = blast_radius(permits, policy, ends, set, 1);
    ir::Addresses held = blast.start, near = blast.start;
    ir::add(held, blast.reached);
    ir::add(near, one.reached);
    for (const Packet& packet : test::random_packets(policy, seed, 80)) {
      if (!opens_something(packet) || !slow.opens(packet)) continue;
      if (within(held, packet.family, packet.source))
        REQUIRE(within(held, packet.family, packet.destination));
      if (!within(blast.start, packet.family, packet.source)) continue;
      REQUIRE(within(near, packet.family, packet.destination));
      ++met;
    }
    ir::Addresses sum;
    for (const BlastEnd& each : blast.found) {
      REQUIRE(!each.addresses.empty());
      ir::add(sum, each.addresses);
    }
    REQUIRE(sum == blast.reached);
    REQUIRE(blast_radius(permits, policy, ends, held).reached.empty());
    for (const packet::Family family : packet::families)
      REQUIRE(is_subset(one.reached.of(family), blast.reached.of(family)));
    steps += blast.steps;
  }
  CHECK(steps > 500);
  CHECK(met > 1000);
}

}  // namespace
}  // namespace cordon::change
