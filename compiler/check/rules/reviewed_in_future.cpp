// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A review of a day that has not come.

#include "compiler/check/rules.h"

namespace cordon::check {

void reviewed_in_future(const Context& context, Findings& findings) {
  for (const ir::Conduit& conduit : context.policy().conduits) {
    const auto date = parse_date(conduit.reviewed);
    if (!date || *date <= context.as_of()) continue;
    findings
        .raise(kind::reviewed_in_future, conduit.reviewed_range, element_of(conduit), conduit.name,
               conduit.reviewed)
        .here("today is {}", to_string(context.as_of()))
        .help("write the day of the last review; the next one follows from `checks: {{review-days: …}}`")
        .emit();
  }
}

}  // namespace cordon::check
