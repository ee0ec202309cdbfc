// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Disclosure statements that are older than the devices' software is likely to be.

#include "compiler/check/mds2.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void mds2_old(const Context& context, Findings& findings) {
  constexpr long years = 5;
  for (const ir::Mds2Form& form : context.evidence().mds2) {
    const auto date = parse_date(form.date);
    if (!date) continue;
    const long age = days_between(*date, context.as_of()) / 365;
    if (age < years) continue;
    findings.raise(kind::mds2_old, form.name_range, element_of(form), form.name, age)
        .help("ask the maker for the form of the release that is in use")
        .emit();
  }
}

}  // namespace cordon::check
