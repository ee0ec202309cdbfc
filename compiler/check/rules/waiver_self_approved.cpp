// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A waiver whose owner approved it.

#include "compiler/check/rules.h"
#include "compiler/check/waivers.h"

namespace cordon::check {

void waiver_self_approved(const Context& context, Findings& findings) {
  for (const ir::Waiver& waiver : context.evidence().waivers) {
    if (!is_self_approved(waiver)) continue;
    findings
        .raise(kind::waiver_self_approved, waiver.approved_by.range, element_of(waiver), waiver.name,
               waiver.approved_by.text)
        .label(waiver.owner.range, "the owner")
        .help("have it approved by somebody who answers for patients' safety or for information security")
        .emit();
  }
}

}  // namespace cordon::check
