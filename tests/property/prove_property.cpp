// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// On random networks what was planned is proved, and what was then made wrong is not: a packet that a filter
// decides differently about, or that a path loses or lets through, is the judge.

#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>

#include <doctest/doctest.h>

#include "compiler/plan/plan.h"
#include "compiler/prove/end_to_end.h"
#include "tests/support/mutations.h"
#include "tests/support/policy_builder.h"
#include "tests/support/random_policy.h"
#include "tests/support/readings.h"
#include "tests/support/simulator.h"

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

const config::Capabilities& capabilities_of(const ir::Policy& policy, const config::Device& device) {
  for (const ir::Device& item : policy.devices) {
    if (item.name == device.name) return test::capabilities_named(item.platform);
  }
  return test::capabilities_named("plain");
}

// A packet that meets a path or a filter wrongly, of some that do not in the plan as it was.
std::string leak(const ir::Policy& policy, const std::vector<config::Device>& before,
                 const std::vector<config::Device>& after, std::uint64_t seed) {
  const test::Simulator sound(policy, before), broken(policy, after);
  for (const packet::Packet& packet : test::random_packets(policy, seed, 60)) {
    if (!broken.judge(packet).empty()) return broken.judge(packet);
    std::string walked = broken.walk(packet);
    if (!walked.empty() && sound.walk(packet).empty()) return walked;
  }
  return {};
}

// Addresses of others on the networks of a device: next hops.
std::vector<packet::Address> next_hops(const ir::Policy& policy, const ir::Device& device) {
  std::vector<packet::Address> found;
  for (const ir::Device& other : policy.devices) {
    if (&other == &device) continue;
    for (const ir::Interface& interface : other.interfaces) {
      const bool shared = std::ranges::any_of(device.interfaces, [&](const ir::Interface& own) {
        return own.network == interface.network && own.vrf == interface.vrf;
      });
      if (shared && interface.ipv4) found.push_back(*interface.ipv4);
      if (shared && interface.ipv6) found.push_back(*interface.ipv6);
    }
  }
  return found;
}

// Some devices say how they send packets on: by least cost, or by routes to networks or halves of them.
void state_routes(ir::Policy& policy, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  for (ir::Device& device : policy.devices) {
    device.shortest_routing = random() % 2 == 0;
    const std::vector<packet::Address> hops = next_hops(policy, device);
    for (const ir::Network& network : policy.networks) {
      if (hops.empty() || network.prefixes.empty() || random() % 3 != 0) continue;
      const packet::Prefix prefix = network.prefixes[random() % network.prefixes.size()];
      const packet::Address via = hops[random() % hops.size()];
      if (via.family != prefix.family()) continue;
      const auto length = static_cast<std::uint8_t>(prefix.length + 1 - random() % 3);
      packet::Prefix to{.address = prefix.address, .length = length};
      to.address.bits = to.first();
      device.routes.push_back({.to = to, .via = via, .vrf = device.interfaces.front().vrf, .range = {}});
    }
  }
}

}  // namespace

TEST_CASE("random networks: what was planned for stated routes is proved") {
  const std::uint64_t first = number_from("CORDON_SEED", 1), count = number_from("CORDON_CASES", 400);
  std::uint64_t narrowed = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    CAPTURE(seed);
    ir::Policy policy = test::random_policy(seed);
    const ir::Policy free = policy;
    state_routes(policy, seed);
    diagnostics::Diagnostics diagnostics;
    const plan::Plan plan = plan::plan(policy, test::capabilities_of(policy), diagnostics, 1);
    if (diagnostics.has_errors()) continue;
    const prove::Proof proof = proof_of(policy, plan.devices);
    CHECK_MESSAGE(proof.holds(), faults(policy, proof));
    narrowed += proof_of(free, plan.devices).holds() ? 0U : 1U;
  }
  CHECK(narrowed * 20 > count);
}

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

TEST_CASE("random networks: rules that were made wrong are found") {
  const std::uint64_t first = number_from("CORDON_SEED", 1), count = number_from("CORDON_CASES", 400) / 2;
  std::uint64_t wrong = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const ir::Policy policy = test::random_policy(seed);
    diagnostics::Diagnostics diagnostics;
    const plan::Plan plan = plan::plan(policy, test::capabilities_of(policy), diagnostics, 1);
    if (diagnostics.has_errors()) continue;
    for (std::uint64_t round = 0; round < 12; ++round) {
      std::vector<config::Device> devices = plan.devices;
      const std::size_t chosen = (seed + round) % devices.size();
      const auto mutation = test::mutate_rules(devices[chosen], seed * 100 + round);
      if (!mutation) continue;
      const std::string packet =
          test::difference(plan.devices[chosen], devices[chosen], mutation->filter,
                           capabilities_of(policy, devices[chosen]), seed * 100 + round);
      const prove::Proof proof = proof_of(policy, devices);
      CAPTURE(seed);
      CAPTURE(mutation->kind);
      CAPTURE(mutation->place);
      CAPTURE(packet);
      if (packet.empty()) continue;
      CHECK_FALSE(proof.holds());
      ++wrong;
    }
  }
  CHECK(wrong > count);
}

TEST_CASE("random networks: bindings that were made wrong are found") {
  const std::uint64_t first = number_from("CORDON_SEED", 1), count = number_from("CORDON_CASES", 400);
  std::uint64_t wrong = 0;
  for (std::uint64_t seed = first; seed < first + count / 2; ++seed) {
    const ir::Policy policy = test::random_policy(seed);
    diagnostics::Diagnostics diagnostics;
    const plan::Plan plan = plan::plan(policy, test::capabilities_of(policy), diagnostics, 1);
    if (diagnostics.has_errors()) continue;
    for (std::uint64_t round = 0; round < 3; ++round) {
      std::vector<config::Device> devices = plan.devices;
      const auto mutation =
          test::mutate_bindings(devices[(seed + round) % devices.size()], seed * 100 + round);
      if (!mutation) continue;
      const std::string packet = leak(policy, plan.devices, devices, seed);
      if (packet.empty()) continue;
      CAPTURE(seed);
      CAPTURE(mutation->kind);
      CAPTURE(mutation->place);
      CAPTURE(packet);
      CHECK_FALSE(proof_of(policy, devices).holds());
      ++wrong;
    }
  }
  CHECK(wrong * 10 > count);
}

}  // namespace cordon
