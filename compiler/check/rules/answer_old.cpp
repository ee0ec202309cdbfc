// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Answers from longer ago than a review holds.

#include "compiler/check/attestations.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void answer_old(const Context& context, Findings& findings) {
  for_each_answer(context, [&](const ir::Attestation& attestation, const ir::Question&) {
    const auto date = parse_date(attestation.date);
    if (!date) return;
    const long age = days_between(*date, context.as_of());
    if (age <= static_cast<long>(context.settings().review_days)) return;
    findings.raise(kind::answer_old, attestation.name_range, element_of(attestation), attestation.name, age)
        .help("look again, then write the day and the answer of today; an answer holds {} days",
              context.settings().review_days)
        .emit();
  });
}

}  // namespace cordon::check
