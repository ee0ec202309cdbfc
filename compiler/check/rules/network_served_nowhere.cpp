// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A network of a zone with a VLAN into which no port and no radio leads.

#include <algorithm>

#include "compiler/check/rules.h"

namespace cordon::check {

void network_served_nowhere(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  for (const ir::NetworkId id : policy.networks.ids()) {
    const ir::Network& network = policy.networks[id];
    if (!network.vlan || !network.zone.valid()) continue;
    const graph::Span& span = context.layer2().span(id);
    const bool open_end = std::ranges::any_of(span.members, [&](const graph::Member& member) {
      return member.kind != graph::MemberKind::routed || !context.layer2().has_cable(member.segment);
    });
    if (open_end) continue;
    findings
        .raise(kind::network_served_nowhere, network.vlan_range, element_of(network), *network.vlan,
               network.name)
        .here("{}", span.members.empty() ? "no device is attached to it"
                                         : "only routed, between devices that are all listed")
        .help("list the ports with `access: {}` or the radio that serves it, or take the network out",
              network.name)
        .emit();
  }
}

}  // namespace cordon::check
