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
            "add `security-level:` from 0 (nobody vouches for it) to 4; the risk assessment of the zone says "
            "which")
        .emit();
  }
}

}  // namespace cordon::check
