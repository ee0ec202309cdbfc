// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A waiver that ends within the days that the project wants to be warned.

#include "compiler/check/rules.h"
#include "compiler/check/waivers.h"

namespace cordon::check {

void waiver_expiring(const Context& context, Findings& findings) {
  for (const ir::Waiver& waiver : context.evidence().waivers) {
    if (!is_expiring(waiver, context.settings(), context.as_of())) continue;
    const long left = days_between(context.as_of(), *parse_date(waiver.expires.text));
    findings
        .raise(kind::waiver_expiring, waiver.expires.range, element_of(waiver), waiver.name,
               waiver.expires.text, left == 0 ? "today" : "in " + days_text(left))
        .label(waiver.name_range, "`{}` answers for it", waiver.owner.text)
        .help(
            "mend what it is for before that day; `checks: {{warning-days: …}}` says how early this is told")
        .emit();
  }
}

}  // namespace cordon::check
