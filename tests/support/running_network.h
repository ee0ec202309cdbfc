// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What runs on the devices of a random policy: its plan read back, damaged, with lines that are not
// understood, devices of which nothing was read, filters between pairs of interfaces, and stated routes.
#ifndef TESTS_SUPPORT_RUNNING_NETWORK_H
#define TESTS_SUPPORT_RUNNING_NETWORK_H

#include <cstdint>
#include <utility>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/plan/plan.h"
#include "compiler/prove/end_to_end.h"
#include "tests/support/as_reading.h"
#include "tests/support/policy_builder.h"
#include "tests/support/random.h"
#include "tests/support/random_policy.h"

namespace cordon::test {

struct RunningNetwork {
  ir::Policy policy;
  std::vector<config::Reading> readings;
  std::vector<ir::DeviceId> of_reading;
  bool gaps = false, pairs = false;

  explicit RunningNetwork(std::uint64_t seed) : policy(random_policy(seed)) {
    if (policy.endpoints.empty() || policy.service_lists.empty()) return;
    Random random(seed * 7 + 1);
    diagnostics::Diagnostics faults;
    const plan::Plan plan = plan::plan(policy, capabilities_of(policy), faults, 1);
    if (faults.has_errors()) return;
    for (const config::Device& device : plan.devices)
      readings.push_back(as_reading(device, capabilities_named(device.platform)));
    for (const ir::DeviceId id : policy.devices.ids()) {
      if (policy.devices[id].configured()) of_reading.push_back(id);
    }
    if (random.chance(25)) state_routes(random);
  }

  void state_routes(Random& random) {
    for (ir::Device& device : policy.devices) device.shortest_routing = random.chance(50);
  }

  // By hand, in the night.
  void damage(Random& random) {
    for (config::Reading& reading : readings) {
      config::Device& device = reading.device;
      for (config::Filter& filter : device.filters) {
        if (filter.rules.empty() || !random.chance(40)) continue;
        config::Rule& rule = filter.rules[random.below(filter.rules.size())];
        if (random.chance(50)) {
          rule.action = rule.action == packet::Action::permit ? packet::Action::deny : packet::Action::permit;
        } else {
          std::swap(rule, filter.rules[random.below(filter.rules.size())]);
        }
      }
      if (!device.bindings.empty() && random.chance(20))
        device.bindings.erase(device.bindings.begin() + random.below(device.bindings.size()));
    }
  }

  void make_gaps(Random& random) {
    for (config::Reading& reading : readings) {
      for (const config::FilterId id : reading.device.filters.ids()) {
        if (!random.chance(20)) continue;
        reading.gaps.push_back({.range = {}, .reason = "a test", .filter = id});
        gaps = true;
      }
      if (random.chance(8)) {
        reading.gaps.push_back({.range = {}, .reason = "all of it", .filter = {}});
        gaps = true;
      }
    }
    if (random.chance(20)) {
      const std::uint32_t lost = random.below(readings.size());
      readings.erase(readings.begin() + lost);
      of_reading.erase(of_reading.begin() + lost);
      gaps = true;
    }
  }

  // The filters of interfaces, each for one pair.
  void make_pairs(Random& random) {
    for (config::Reading& reading : readings) {
      if (!random.chance(50)) continue;
      std::vector<config::Binding> kept;
      for (const config::Binding& binding : reading.device.bindings) {
        if (binding.stage == config::Stage::own || !binding.interface.valid()) {
          kept.push_back(binding);
          continue;
        }
        const bool in = binding.stage == config::Stage::interface_in;
        for (const config::InterfaceId other : reading.device.interfaces.ids()) {
          if (random.chance(10)) continue;
          reading.between.push_back({.in = in ? binding.interface : other,
                                     .out = in ? other : binding.interface,
                                     .filter = binding.filter});
          pairs = true;
        }
      }
      reading.device.bindings = kept;
    }
  }

  [[nodiscard]] std::vector<prove::ReadDevice> read() const {
    std::vector<prove::ReadDevice> all;
    for (std::size_t i = 0; i < readings.size(); ++i)
      all.push_back(
          {of_reading[i], &readings[i], &capabilities_named(policy.devices[of_reading[i]].platform)});
    return all;
  }
};

}  // namespace cordon::test

#endif  // TESTS_SUPPORT_RUNNING_NETWORK_H
