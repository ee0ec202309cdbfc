// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Access ports of medical devices that forward for whatever is plugged in.

#include "compiler/check/networks.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void ports_without_authentication(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  for (const ir::NetworkId id : policy.networks.ids()) {
    const ir::Network& network = policy.networks[id];
    if (!in_medical_zone(policy, network)) continue;
    if (network.port_authentication != ir::PortAuthentication::none) continue;
    const std::vector<AccessPorts> ports = access_ports(context, id);
    if (ports.empty()) continue;
    findings.raise(kind::ports_without_authentication, network.name_range, element_of(network), network.name)
        .labels(port_labels(context, ports))
        .help("write `port-authentication: dot1x` on the network, or `mab` where the devices cannot do more")
        .emit();
  }
}

}  // namespace cordon::check
