// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A zone that does not say what kind of zone it is: no check on roles can speak of it.

#include "compiler/check/rules.h"

namespace cordon::check {
void zone_without_type(const Context& context, Findings& findings) {
  for (const ir::Zone& zone : context.policy().zones) {
    if (!zone.type.empty()) continue;
    findings.raise(kind::zone_without_type, zone.name_range, element_of(zone), zone.name)
        .help("add `type:`, say `type: clinical-server`; `other` where nothing fits")
        .emit();
  }
}

}  // namespace cordon::check
