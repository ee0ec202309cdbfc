// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A zone of medical devices whose devices may talk to each other.

#include "compiler/check/rules.h"

namespace cordon::check {
void devices_not_isolated(const Context& context, Findings& findings) {
  for (const ir::Zone& zone : context.policy().zones) {
    if (!is_medical(zone) || zone.isolate) continue;
    findings.raise(kind::devices_not_isolated, zone.name_range, element_of(zone), zone.name)
        .help(
            "add `isolate: true` to the zone; access ports are then separated, and each SSID needs its "
            "evidence "
            "(`isolation: {{attested: DOC-640}}` at the network)")
        .emit();
  }
}

}  // namespace cordon::check
