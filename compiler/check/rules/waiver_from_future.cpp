// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A waiver that was created after the day of the check.

#include "compiler/check/rules.h"
#include "compiler/check/waivers.h"

namespace cordon::check {

void waiver_from_future(const Context& context, Findings& findings) {
  for (const ir::Waiver& waiver : context.evidence().waivers) {
    if (!is_from_future(waiver, context.as_of())) continue;
    findings
        .raise(kind::waiver_from_future, waiver.created.range, element_of(waiver), waiver.name,
               waiver.created.text)
        .help("write the day on which it was approved; the check was made as of {}",
              to_string(context.as_of()))
        .emit();
  }
}

}  // namespace cordon::check
