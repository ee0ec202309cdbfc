// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A conduit whose last review is too long ago.

#include <string>

#include "compiler/check/rules.h"
#include "compiler/check/wording.h"

namespace cordon::check {

void review_overdue(const Context& context, Findings& findings) {
  for (const ir::Conduit& conduit : context.policy().conduits) {
    const auto date = parse_date(conduit.reviewed);
    if (!date) continue;
    const long age = days_between(*date, context.as_of());
    if (age <= static_cast<long>(context.settings().review_days)) continue;
    findings.raise(kind::review_overdue, conduit.reviewed_range, element_of(conduit), conduit.name, age)
        .here("a review holds {} days", context.settings().review_days)
        .help("go through its {} with {}, then write today's day", counted(conduit.flows.size(), "flow"),
              conduit.owner.empty() ? "their users" : '`' + conduit.owner + '`')
        .emit();
  }
}

}  // namespace cordon::check
