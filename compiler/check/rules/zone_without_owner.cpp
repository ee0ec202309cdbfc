// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A zone of the site that nobody answers for.

#include "compiler/check/rules.h"

namespace cordon::check {
void zone_without_owner(const Context& context, Findings& findings) {
  for (const ir::Zone& zone : context.policy().zones) {
    if (!zone.owner.empty() || zone.type == "external") continue;
    findings.raise(kind::zone_without_owner, zone.name_range, element_of(zone), zone.name)
        .help("add `owner:` with the department that answers for it")
        .emit();
  }
}

}  // namespace cordon::check
