// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A waiver whose end has passed.

#include <chrono>

#include "compiler/check/rules.h"
#include "compiler/check/waivers.h"

namespace cordon::check {

void waiver_expired(const Context& context, Findings& findings) {
  for (const ir::Waiver& waiver : context.evidence().waivers) {
    if (!has_expired(waiver, context.as_of())) continue;
    const long ago = days_between(*parse_date(waiver.expires.text), context.as_of());
    const long most = context.settings().waiver_days;
    findings
        .raise(kind::waiver_expired, waiver.expires.range, element_of(waiver), waiver.name,
               waiver.expires.text, days_text(ago))
        .label(waiver.name_range, "the waiver")
        .help(
            "mend what it was for and delete it; if the risk has to be taken again, have it approved again, "
            "with a new "
            "ticket, `created: {}` and an end by {} (at most {}, `checks: {{waiver-days: {}}}`)",
            to_string(context.as_of()), to_string(context.as_of() + std::chrono::days(most)), days_text(most),
            most)
        .emit();
  }
}

}  // namespace cordon::check
