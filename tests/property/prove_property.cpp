// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// On random networks what was planned is proved.

#include <cstdlib>
#include <string>

#include <doctest/doctest.h>

#include "compiler/plan/plan.h"
#include "compiler/prove/end_to_end.h"
#include "tests/support/policy_builder.h"
#include "tests/support/random_policy.h"
#include "tests/support/readings.h"

namespace cordon {
namespace {

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

prove::Proof proof_of(const ir::Policy& policy, const std::vector<config::Device>& planned) {
  std::vector<config::Reading> readings;
  std::vector<prove::ReadDevice> devices;
  readings.reserve(planned.size());
  for (const ir::DeviceId id : policy.devices.ids()) {
    for (const config::Device& device : planned) {
      if (device.name != policy.devices[id].name) continue;
      const config::Capabilities& capabilities = test::capabilities_named(policy.devices[id].platform);
      readings.push_back(test::reading_of(device, capabilities));
      devices.push_back({.device = id, .reading = &readings.back(), .capabilities = &capabilities});
    }
  }
  return prove::prove_end_to_end(policy, devices, {.budget = {}, .jobs = 1});
}

std::string faults(const ir::Policy& policy, const prove::Proof& proof) {
  std::string text;
  for (const prove::Violation& violation : proof.violations) {
    text += std::string(prove::to_string(violation.obligation)) + ": " +
            (violation.device.valid() ? policy.devices[violation.device].name : std::string()) + " " +
            violation.place + ": " + violation.text + "\n";
  }
  for (const prove::Undecided& undecided : proof.undecided) text += "undecided: " + undecided.text + "\n";
  return text;
}

}  // namespace

TEST_CASE("random networks: what was planned is proved") {
  const std::uint64_t first = number_from("CORDON_SEED", 1), count = number_from("CORDON_CASES", 400);
  std::uint64_t proved = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    CAPTURE(seed);
    const ir::Policy policy = test::random_policy(seed);
    diagnostics::Diagnostics diagnostics;
    const plan::Plan plan = plan::plan(policy, test::capabilities_of(policy), diagnostics, 1);
    if (diagnostics.has_errors()) continue;
    const prove::Proof proof = proof_of(policy, plan.devices);
    CHECK_MESSAGE(proof.holds(), faults(policy, proof));
    proved += proof.holds() ? 1U : 0U;
  }
  CHECK(proved * 3 > count);
}

}  // namespace cordon
