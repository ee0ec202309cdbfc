// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A wired medical network whose switches believe every DHCP answer or every ARP answer.

#include "compiler/check/networks.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void leases_not_watched(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  for (const ir::NetworkId id : policy.networks.ids()) {
    const ir::Network& network = policy.networks[id];
    if (!network.dhcp || !in_medical_zone(policy, network)) continue;
    if (network.dhcp->snooping && network.dhcp->arp_inspection) continue;
    const std::vector<AccessPorts> ports = access_ports(context, id);
    if (ports.empty()) continue;
    findings
        .raise(kind::leases_not_watched, network.dhcp->range, element_of(network), network.name,
               network.dhcp->snooping         ? "ARP inspection"
               : network.dhcp->arp_inspection ? "DHCP snooping"
                                              : "DHCP snooping and ARP inspection")
        .labels(port_labels(context, ports))
        .help("write `snooping: true, arp-inspection: true` under `dhcp`")
        .emit();
  }
}

}  // namespace cordon::check
