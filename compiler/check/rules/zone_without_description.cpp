// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A zone of the site that does not say what it is for.

#include "compiler/check/rules.h"

namespace cordon::check {
void zone_without_description(const Context& context, Findings& findings) {
  for (const ir::Zone& zone : context.policy().zones) {
    if (!zone.description.empty() || zone.type == "external") continue;
    findings.raise(kind::zone_without_description, zone.name_range, element_of(zone), zone.name)
        .help("add `description:` with one line that an auditor understands")
        .emit();
  }
}

}  // namespace cordon::check
