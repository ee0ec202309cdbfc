// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// On random networks every filter admits exactly what its crossings may carry of the intent, and no path
// loses an intended packet or lets another through; a packet-by-packet simulator is the judge.

#include <cstdlib>
#include <string>

#include <doctest/doctest.h>

#include "compiler/plan/plan.h"
#include "tests/support/policy_builder.h"
#include "tests/support/random_policy.h"
#include "tests/support/simulator.h"

namespace cordon {
namespace {

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

}  // namespace

TEST_CASE("random networks: the plan is what the simulator expects") {
  const std::uint64_t first = number_from("CORDON_SEED", 1), count = number_from("CORDON_CASES", 400);
  std::uint64_t planned = 0, intended = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    CAPTURE(seed);
    const ir::Policy policy = test::random_policy(seed);
    diagnostics::Diagnostics diagnostics;
    const plan::Plan plan = plan::plan(policy, test::capabilities_of(policy), diagnostics);
    if (diagnostics.has_errors()) continue;
    ++planned;
    const test::Simulator simulator(policy, plan.devices);
    for (const packet::Packet& packet : test::random_packets(policy, seed, 250)) {
      const std::string fault = simulator.judge(packet);
      REQUIRE_MESSAGE(fault.empty(), fault);
      intended += simulator.intent().opens(packet) ? 1U : 0U;
    }
  }
  CHECK(planned * 3 > count);
  CHECK(intended > planned * 10);
}

}  // namespace cordon
