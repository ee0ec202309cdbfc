// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Answers to the questionnaire that state a risk. `partly` with a reason is somebody's decision and left
// alone.

#include "compiler/check/attestations.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void answer_not_wanted(const Context& context, Findings& findings) {
  for_each_answer(context, [&](const ir::Attestation& attestation, const ir::Question& question) {
    const bool plain = attestation.answer == ir::Answer::yes || attestation.answer == ir::Answer::no;
    if (!plain || attestation.answer == question.wanted) return;
    findings
        .raise(kind::answer_not_wanted, attestation.answer_range, element_of(attestation), attestation.name,
               question.ask)
        .here("weighs {}", question.severity)
        .help("mend it, or accept the risk for a while: a waiver of {} for `{}`", "CD7203",
              element_of(attestation))
        .emit();
  });
}

}  // namespace cordon::check
