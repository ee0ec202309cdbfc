// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A VLAN that carries several IPv4 networks: their hosts reach each other without passing a filter.

#include <algorithm>

#include "compiler/check/rules.h"

namespace cordon::check {
void several_prefixes_on_vlan(const Context& context, Findings& findings) {
  for (const ir::Network& network : context.policy().networks) {
    const auto count = std::ranges::count(network.prefixes, ir::Family::ipv4,
                                          [](const ir::Prefix& prefix) { return prefix.family(); });
    if (!network.vlan || count < 2) continue;
    findings
        .raise(kind::several_prefixes_on_vlan, network.name_range, element_of(network), *network.vlan, count)
        .label(network.vlan_range, "one broadcast domain")
        .help("give each prefix a network with its own VLAN")
        .emit();
  }
}

}  // namespace cordon::check
