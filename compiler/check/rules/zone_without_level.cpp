// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A zone without a target security level.

#include "compiler/check/rules.h"

namespace cordon::check {
void zone_without_level(const Context& context, Findings& findings) {
  for (const ir::Zone& zone : context.policy().zones) {
    if (zone.security_level) continue;
    findings.raise(kind::zone_without_level, zone.name_range, element_of(zone), zone.name)
        .help(
            "add `security-level:`, against whom the zone has to hold: 0 nobody (nothing is vouched for), 1 "
            "mishaps "
            "and carelessness, 2 intruders with simple means, 3 skilled ones who know such systems, 4 those "
            "with the "
            "means of a state; the zone's risk assessment says which")
        .emit();
  }
}

}  // namespace cordon::check
