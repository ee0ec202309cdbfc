// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A redundancy group with a single member: the address moves nowhere when that fails.

#include <cstddef>
#include <cstdint>
#include <map>
#include <tuple>

#include "compiler/check/rules.h"

namespace cordon::check {

void redundancy_of_one(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  struct Group {
    std::size_t members = 0;
    const ir::Device* device = nullptr;
    const ir::Interface* interface = nullptr;
  };
  std::map<std::tuple<ir::NetworkId, ir::Redundancy::Protocol, std::uint16_t>, Group> groups;
  for (const ir::Device& device : policy.devices) {
    for (const ir::Interface& interface : device.interfaces) {
      if (!interface.redundancy) continue;
      Group& group = groups[{interface.network, interface.redundancy->protocol, interface.redundancy->group}];
      ++group.members;
      group.device = &device;
      group.interface = &interface;
    }
  }
  for (const auto& [key, group] : groups) {
    if (group.members > 1) continue;
    const ir::Network& network = policy.networks[group.interface->network];
    findings
        .raise(kind::redundancy_of_one, group.interface->redundancy->range, element_of(*group.device),
               group.interface->redundancy->group, network.name)
        .help("write the same group on the interface of a second device in network `{}`", network.name)
        .emit();
  }
}

}  // namespace cordon::check
