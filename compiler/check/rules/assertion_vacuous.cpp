// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Assertions that hold, because nothing that they speak of can occur: often a slip of the pen.

#include "compiler/check/assertions/answer.h"
#include "compiler/check/assertions/raise.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void assertion_vacuous(const Context& context, Findings& findings) {
  Desk desk(context);
  for (const ir::Assertion& assertion : context.evidence().assertions) {
    const Answer found = answer(desk, assertion);
    if (found.outcome != Outcome::vacuous) continue;
    findings
        .raise(kind::assertion_vacuous, assertion.name_range, element_of(assertion), assertion.name,
               found.text)
        .help("look at its ends and services; an assertion that can never fail protects nobody")
        .emit();
  }
}

}  // namespace cordon::check
