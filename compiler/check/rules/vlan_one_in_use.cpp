// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A network that is VLAN 1, which switches put every port and their own control frames into.

#include "compiler/check/rules.h"

namespace cordon::check {

void vlan_one_in_use(const Context& context, Findings& findings) {
  for (const ir::Network& network : context.policy().networks) {
    if (network.vlan != 1) continue;
    findings.raise(kind::vlan_one_in_use, network.vlan_range, element_of(network), network.name)
        .help("move it to another VLAN, and leave VLAN 1 without hosts")
        .emit();
  }
}

}  // namespace cordon::check
