// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Access ports of a network that is in no zone: whatever is plugged in sits between the filters.
//
// Networks that are known to hold hosts are `network_without_zone`.

#include <vector>

#include "compiler/check/networks.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void port_in_no_zone(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  std::vector<bool> inhabited(policy.networks.size());
  for (const ir::Host& host : policy.hosts) inhabited[host.network.value] = true;
  for (const ir::NetworkId id : policy.networks.ids()) {
    const ir::Network& network = policy.networks[id];
    if (network.zone.valid() || inhabited[id.value] || network.dhcp || network.wireless) continue;
    const std::vector<AccessPorts> ports = access_ports(context, id);
    if (ports.empty()) continue;
    findings.raise(kind::port_in_no_zone, ports.front().first->range, element_of(network), network.name)
        .label(network.name_range, "the network")
        .help("put the network into a zone, or write the port as a link: `to: DEVICE/PORT`")
        .emit();
  }
}

}  // namespace cordon::check
