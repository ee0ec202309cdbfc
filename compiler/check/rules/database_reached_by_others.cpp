// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow to databases from anything but servers. Outside, guests and devices are left to their own checks.

#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {
void database_reached_by_others(const Context& context, Findings& findings) {
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    if (!is_database(to) || is_untrusted(from) || is_medical(from) || from.type.empty()) return;
    if (is_clinical_server(from) || is_database(from) || is_infrastructure(from)) return;
    raise_flow(context, findings, kind::database_reached_by_others, fact)
        .help("let the application's server ask the database, and people the application")
        .emit();
  });
}

}  // namespace cordon::check
