// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// An access point whose own address lies in a network that it serves to stations.

#include <algorithm>

#include "compiler/check/networks.h"
#include "compiler/check/rules.h"

namespace cordon::check {
namespace {

bool of_clients(const ir::Policy& policy, const ir::Network& network) {
  if (network.wireless) return true;
  return network.zone.valid() && !is_management(policy.zones[network.zone]) &&
         !is_infrastructure(policy.zones[network.zone]);
}

}  // namespace

void access_point_among_clients(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  for (const ir::Device& device : policy.devices) {
    if (device.radios.empty() || device.interfaces.empty()) continue;
    if (!std::ranges::all_of(device.interfaces, [&](const ir::Interface& interface) {
          return of_clients(policy, policy.networks[interface.network]);
        }))
      continue;
    const ir::Interface& own = device.interfaces.front();
    const ir::Network& network = policy.networks[own.network];
    findings.raise(kind::access_point_among_clients, own.range, element_of(device), device.name, network.name)
        .label(network.name_range, "{}",
               network.wireless ? "stations are in it" : "not a network of management")
        .help("give it an address in a network of a zone of type `management`, and none here")
        .emit();
  }
}

}  // namespace cordon::check
