// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Answers without a document or a day: somebody's word, and nobody knows when.

#include "compiler/check/attestations.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void answer_without_evidence(const Context& context, Findings& findings) {
  for_each_answer(context, [&](const ir::Attestation& attestation, const ir::Question& question) {
    const bool claimed = attestation.answer == question.wanted || attestation.answer == ir::Answer::partly;
    if (!claimed || (!attestation.evidence.empty() && !attestation.date.empty())) return;
    findings
        .raise(kind::answer_without_evidence, attestation.name_range, element_of(attestation),
               attestation.name,
               !attestation.date.empty()      ? "a document"
               : attestation.evidence.empty() ? "a document and a day"
                                              : "a day")
        .help("write `evidence:` with the document that shows it, and `date:` with the day it was looked at")
        .emit();
  });
}

}  // namespace cordon::check
