// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A switch that Cordon does not configure, on the way of a medical VLAN.
//
// Access points are another matter: their controller configures them.

#include <map>
#include <string>
#include <vector>

#include "compiler/check/networks.h"
#include "compiler/check/rules.h"
#include "compiler/check/wording.h"

namespace cordon::check {

void unmanaged_switch_carries(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  std::map<ir::DeviceId, std::vector<std::string>> carried;
  for (const ir::NetworkId id : policy.networks.ids()) {
    if (!in_medical_zone(policy, policy.networks[id])) continue;
    for (const graph::SegmentId segment : context.layer2().span(id).reached) {
      const graph::Segment& there = context.layer2().segments()[segment];
      const ir::Device& device = policy.devices[there.device];
      if (there.bridges() && !device.configured() && device.radios.empty())
        carried[there.device].push_back(policy.networks[id].name);
    }
  }
  for (const auto& [id, networks] : carried) {
    const ir::Device& device = policy.devices[id];
    findings
        .raise(kind::unmanaged_switch_carries, device.name_range, element_of(device), device.name,
               (networks.size() == 1 ? "network " : "networks ") + quoted(networks))
        .help("give it a `platform`, or take its ports out of the way of these networks")
        .emit();
  }
}

}  // namespace cordon::check
