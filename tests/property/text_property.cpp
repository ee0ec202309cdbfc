// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Random networks on the real platforms, by way of their texts: what is emitted is read back and proved, and
// packets that walk hop by hop through what was read get exactly as far as the policy says.

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "compiler/backend/backend.h"
#include "compiler/plan/passes.h"
#include "compiler/plan/plan.h"
#include "compiler/prove/end_to_end.h"
#include "compiler/prove/translation.h"
#include "tests/support/random_policy.h"
#include "tests/support/simulator.h"

namespace cordon {
namespace {

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// Platforms of the tests become real ones; ports get names that those take.
void put_on(ir::Device& device, std::string_view platform, std::string_view port) {
  device.platform = platform;
  for (std::size_t i = 0; i < device.interfaces.size(); ++i)
    device.interfaces[i].port = fmt::format("{}{}", port, i);
}

bool has_vrfs(const ir::Device& device) {
  return std::ranges::any_of(device.interfaces, [](const ir::Interface& one) { return !one.vrf.empty(); });
}

bool speaks_redundancy(const ir::Device& device) {
  return std::ranges::any_of(device.interfaces,
                             [](const ir::Interface& one) { return one.redundancy.has_value(); });
}

ir::Policy on_real_platforms(ir::Policy policy, std::uint64_t seed) {
  for (const ir::DeviceId id : policy.devices.ids()) {
    ir::Device& device = policy.devices[id];
    if (!device.configured()) continue;
    const bool stateless = device.platform.starts_with("stateless");
    if (stateless || has_vrfs(device)) {
      put_on(device, "cisco-ios", "GigabitEthernet0/0/");
    } else if ((seed + id.value) % 2 == 0 && !speaks_redundancy(device)) {
      put_on(device, "cisco-asa", "GigabitEthernet0/");
    } else {
      put_on(device, "nftables", "eth");
    }
  }
  return policy;
}

const backend::Backend& platform_of(const ir::Policy& policy, ir::DeviceId id) {
  return *backend::find_backend(policy.devices[id].platform);
}

bool filters_at(const config::Device& device, config::Stage stage, std::uint32_t interface) {
  return std::ranges::any_of(device.bindings, [&](const config::Binding& binding) {
    return binding.stage == stage && binding.interface.value == interface;
  });
}

// What a reader said, with the interfaces as the policy counts them. A text may hold filters that let
// everything pass where none was planned; they remember nothing that anyone asks for.
config::Device aligned(const config::Reading& reading, const config::Device& planned,
                       const ir::Device& device) {
  config::Device result = reading.device;
  result.name = device.name;
  result.bindings.clear();
  for (const config::Binding& binding : reading.device.bindings) {
    if (!binding.interface.valid()) continue;
    const std::string& port = reading.device.interfaces[binding.interface].port;
    for (std::uint32_t i = 0; i < device.interfaces.size(); ++i) {
      if (device.interfaces[i].port == port && filters_at(planned, binding.stage, i))
        result.bindings.push_back({binding.stage, config::InterfaceId{i}, binding.filter});
    }
  }
  return result;
}

// A site from its policy to what was read of its texts.
struct Site {
  ir::Policy policy;
  std::vector<config::Device> planned;
  std::vector<ir::DeviceId> ids;  // of the planned ones
  std::vector<config::Reading> readings;
  source::Sources texts;

  [[nodiscard]] auto capabilities() const {
    return [this](ir::DeviceId id) { return &platform_of(policy, id).info().capabilities; };
  }

  // False where the policy, or what a platform can hold, stands against it.
  [[nodiscard]] bool plan() {
    diagnostics::Diagnostics diagnostics;
    planned = plan::plan(policy, capabilities(), diagnostics, 1).devices;
    for (const config::Device& device : planned)
      backend::find_backend(device.platform)->check(device, diagnostics);
    for (const ir::DeviceId id : policy.devices.ids()) {
      if (policy.devices[id].configured()) ids.push_back(id);
    }
    return !diagnostics.has_errors();
  }

  // The texts are made of what some of the passes leave, and compared with the plan as it was.
  void read(std::uint64_t seed) {
    std::vector<const plan::Pass*> chosen;
    for (const plan::Pass& pass : plan::passes()) {
      if ((seed >> chosen.size()) % 4 != 0) chosen.push_back(&pass);
    }
    for (std::size_t i = 0; i < planned.size(); ++i) {
      const backend::Backend& platform = platform_of(policy, ids[i]);
      config::Device lean = planned[i];
      plan::optimise(lean, chosen);
      std::vector<source::FileId> files;
      for (backend::OutputFile& file : platform.emit(lean)) files.push_back(texts.add(file.name, file.text));
      readings.push_back(platform.read(texts, files));
    }
  }

  [[nodiscard]] std::string translation() const {
    for (std::size_t i = 0; i < planned.size(); ++i) {
      const auto proof =
          prove::prove_translation(planned[i], platform_of(policy, ids[i]).info().capabilities, readings[i]);
      if (proof.undecided) return planned[i].name + ": undecided";
      if (proof.differences.empty()) continue;
      const prove::Difference& first = proof.differences.front();
      const std::string packet = first.packet ? packet::to_string(*first.packet) : "";
      return fmt::format("{}: {} {}: {}", planned[i].name, first.text, packet,
                         first.emitted.valid() ? texts.text(first.emitted) : "");
    }
    return {};
  }

  [[nodiscard]] std::string end_to_end() const {
    std::vector<prove::ReadDevice> devices;
    for (std::size_t i = 0; i < planned.size(); ++i)
      devices.push_back({.device = ids[i], .reading = &readings[i], .capabilities = capabilities()(ids[i])});
    const prove::Proof proof = prove::prove_end_to_end(policy, devices, {.budget = {}, .jobs = 1});
    for (const prove::Violation& each : proof.violations) {
      return fmt::format("{}: {} on {} {}: {}", prove::to_string(each.obligation),
                         each.device.valid() ? policy.devices[each.device].name : "",
                         each.device.valid() ? policy.devices[each.device].platform : "", each.place,
                         each.text);
    }
    return proof.undecided.empty() ? "" : "undecided: " + proof.undecided.front().text;
  }

  [[nodiscard]] bool has_zone(const test::Simulator& simulator, packet::Address address) const {
    const ir::NetworkId network = simulator.intent().network_of(address);
    return network.valid() && policy.networks[network].zone.valid();
  }

  [[nodiscard]] std::string walked(std::uint64_t seed) const {
    std::vector<config::Device> devices;
    for (std::size_t i = 0; i < planned.size(); ++i)
      devices.push_back(aligned(readings[i], planned[i], policy.devices[ids[i]]));
    const test::Simulator simulator(policy, devices, capabilities());
    for (const packet::Packet& packet : test::random_packets(policy, seed, 80)) {
      const bool zoned = has_zone(simulator, {packet.family, packet.source}) &&
                         has_zone(simulator, {packet.family, packet.destination});
      if (!zoned) continue;  // between devices only: nobody's traffic
      if (std::string fault = simulator.walk(packet); !fault.empty()) return fault;
    }
    return {};
  }
};

TEST_CASE("what is emitted for random networks is read back, proved, and does what the policy says") {
  const std::uint64_t first = number_from("CORDON_SEED", 1);
  const std::uint64_t count = number_from("CORDON_SEEDS", 2000);
  std::map<std::string, std::size_t> devices;
  std::size_t sites = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    Site site;
    site.policy = on_real_platforms(test::random_policy(seed), seed);
    if (!site.plan()) continue;
    ++sites;
    site.read(seed);
    INFO("CORDON_SEED=" << seed);
    CHECK(site.translation() == "");
    CHECK(site.end_to_end() == "");
    CHECK(site.walked(seed) == "");
    for (const config::Device& device : site.planned) ++devices[device.platform];
  }
  MESSAGE(sites << " networks of " << count << ", the others refused");
  for (const auto& [platform, number] : devices) MESSAGE(platform << ": " << number);
  if (count < 100) return;
  CHECK(sites * 4 > count);
  CHECK(devices.size() == 3);
}

}  // namespace
}  // namespace cordon
