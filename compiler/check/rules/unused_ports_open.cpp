// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A switch whose unused ports are up, or not in a VLAN of their own.

#include <algorithm>

#include "compiler/check/rules.h"

namespace cordon::check {

void unused_ports_open(const Context& context, Findings& findings) {
  for (const ir::Device& device : context.policy().devices) {
    const bool switches = device.configured() && std::ranges::any_of(device.ports, [](const ir::Port& port) {
                            return port.access.valid();
                          });
    if (!switches || (device.shut_unused && device.parking_vlan)) continue;
    findings
        .raise(kind::unused_ports_open, device.name_range, element_of(device), device.name,
               device.shut_unused ? "in the VLAN that every port starts in" : "open")
        .help(
            "write `unused: shutdown` and `parking-vlan: 999`, a VLAN of no network, and name the last port "
            "of each slot")
        .emit();
  }
}

}  // namespace cordon::check
