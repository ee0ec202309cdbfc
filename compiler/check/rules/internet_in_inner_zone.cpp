// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A network `any`, hence the internet, in a zone of a type that says it is inside.

#include "compiler/check/rules.h"

namespace cordon::check {
void internet_in_inner_zone(const Context& context, Findings& findings) {
  for (const ir::Network& network : context.policy().networks) {
    if ((!network.any_ipv4 && !network.any_ipv6) || !network.zone.valid()) continue;
    const ir::Zone& zone = context.zone(network.zone);
    if (zone.type.empty() || zone.type == "external") continue;
    findings
        .raise(kind::internet_in_inner_zone, zone.name_range, element_of(zone), zone.name, zone.type,
               network.name)
        .label(network.name_range, "everything that no network declares")
        .help("make it `type: external`, or give the rest of the zone a network with its own prefix")
        .emit();
  }
}

}  // namespace cordon::check
