// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A waiver that is meant to live longer than `checks: waiver-days` allows.

#include "compiler/check/rules.h"
#include "compiler/check/waivers.h"

namespace cordon::check {

void waiver_too_long(const Context& context, Findings& findings) {
  for (const ir::Waiver& waiver : context.evidence().waivers) {
    const auto life = lifetime(waiver);
    const auto most = static_cast<long>(context.settings().waiver_days);
    if (!life || *life <= most) continue;
    findings
        .raise(kind::waiver_too_long, waiver.expires.range, element_of(waiver), waiver.name, days_text(*life),
               days_text(most))
        .label(waiver.created.range, "since this day")
        .help("let it end by {} and renew it then; the project's limit is `checks: {{waiver-days: {}}}`",
              to_string(*parse_date(waiver.created.text) + std::chrono::days(most)), most)
        .emit();
  }
}

}  // namespace cordon::check
