// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// `partly` and `not-applicable` without a reason.

#include "compiler/check/attestations.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void answer_without_reason(const Context& context, Findings& findings) {
  for_each_answer(context, [&](const ir::Attestation& attestation, const ir::Question& question) {
    const bool plain = attestation.answer == ir::Answer::yes || attestation.answer == ir::Answer::no;
    if (plain || !attestation.reason.empty()) return;
    findings
        .raise(kind::answer_without_reason, attestation.answer_range, element_of(attestation),
               attestation.name, attestation.answer == ir::Answer::partly ? "partly" : "not-applicable")
        .note("the question: {}", question.ask)
        .help("{}", attestation.answer == ir::Answer::partly
                        ? "write `reason:` with what is missing, and why"
                        : "write `reason:` with why the question does not arise")
        .emit();
  });
}

}  // namespace cordon::check
