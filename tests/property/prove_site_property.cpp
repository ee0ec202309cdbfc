// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The reference hospital, on the platforms that it names: its plan is proved, and a port, a VLAN, a rule or a
// binding of it that is made wrong is found.

#include <algorithm>
#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "compiler/backend/backend.h"
#include "compiler/plan/plan.h"
#include "compiler/prove/end_to_end.h"
#include "compiler/resolve/file_system.h"
#include "compiler/resolve/resolve.h"
#include "tests/support/mutations.h"
#include "tests/support/readings.h"

namespace cordon {
namespace {

const config::Capabilities* capabilities_of(const ir::Policy& policy, ir::DeviceId id) {
  for (const auto& platform : backend::all_backends()) {
    if (platform->info().name == policy.devices[id].platform) return &platform->info().capabilities;
  }
  return nullptr;
}

const config::Capabilities& device_can(const ir::Policy& policy, const config::Device& device) {
  const auto found = std::ranges::find(policy.devices, device.name, &ir::Device::name);
  return *capabilities_of(policy, ir::DeviceId{static_cast<std::uint32_t>(found - policy.devices.begin())});
}

struct Site {
  ir::Policy policy;
  std::vector<config::Device> planned;

  explicit Site(const char* example) {
    const std::filesystem::path source = CORDON_SOURCE_DIR;
    const resolve::DiskFileSystem files(source / "examples" / example);
    const resolve::DiskFileSystem library(source / "policies");
    diagnostics::Diagnostics diagnostics;
    policy = resolve::resolve(resolve::load_project(files, "cordon.yaml", &library, diagnostics), diagnostics)
                 .value();
    const auto capabilities = [this](ir::DeviceId id) { return capabilities_of(policy, id); };
    planned = plan::plan(policy, capabilities, diagnostics, 1).devices;
    REQUIRE_FALSE(diagnostics.has_errors());
  }

  [[nodiscard]] std::string faults(const std::vector<config::Device>& devices) const {
    std::vector<config::Reading> readings;
    std::vector<prove::ReadDevice> read;
    readings.reserve(devices.size());
    std::size_t next = 0;
    for (const ir::DeviceId id : policy.devices.ids()) {
      if (!policy.devices[id].configured()) continue;
      REQUIRE(devices[next].name == policy.devices[id].name);
      readings.push_back(test::reading_of(devices[next++], *capabilities_of(policy, id)));
      read.push_back(
          {.device = id, .reading = &readings.back(), .capabilities = capabilities_of(policy, id)});
    }
    const prove::Proof proof = prove::prove_end_to_end(policy, read);
    std::string text;
    for (const prove::Violation& violation : proof.violations)
      text += std::string(prove::to_string(violation.obligation)) + ": " + violation.place + ": " +
              violation.text + '\n';
    for (const prove::Undecided& undecided : proof.undecided) text += "undecided: " + undecided.text + '\n';
    return text;
  }
};

}  // namespace

TEST_CASE("the shipped examples are proved") {
  for (const char* example : {"starter", "reference-hospital"}) {
    const Site site(example);
    CHECK(site.faults(site.planned) == "");
  }
}

TEST_CASE("the reference hospital: ports that were made wrong are found") {
  const Site site("reference-hospital");
  int wrong = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    std::vector<config::Device> devices = site.planned;
    config::Device& device = devices[seed % devices.size()];
    if (!device.switching) continue;
    const auto mutation = test::mutate_ports(device, seed);
    if (!mutation) continue;
    CAPTURE(device.name);
    CAPTURE(mutation->kind);
    CAPTURE(mutation->place);
    CHECK(site.faults(devices) != "");
    ++wrong;
  }
  CHECK(wrong > 30);
}

TEST_CASE("the reference hospital: bindings that went missing are found") {
  const Site site("reference-hospital");
  for (std::size_t at = 0; at < site.planned.size(); ++at) {
    for (std::size_t binding = 0; binding < site.planned[at].bindings.size(); ++binding) {
      std::vector<config::Device> devices = site.planned;
      // A second guard behind interface filters that see the same packets is not missed.
      if (device_can(site.policy, devices[at]).filter_sees_own == config::Support::yes &&
          devices[at].bindings[binding].stage == config::Stage::own) {
        continue;
      }
      devices[at].bindings.erase(devices[at].bindings.begin() + static_cast<std::ptrdiff_t>(binding));
      CAPTURE(devices[at].name);
      CAPTURE(binding);
      CHECK(site.faults(devices) != "");
    }
  }
}

}  // namespace cordon
