// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Answers to questions that the questionnaire does not have: nobody reads them.

#include <string>

#include "compiler/base/spelling.h"
#include "compiler/check/attestations.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void unknown_question(const Context& context, Findings& findings) {
  if (context.standards() == nullptr) return;
  for (const ir::Attestation& attestation : context.evidence().attestations) {
    if (context.standards()->find_question(attestation.name) != nullptr) continue;
    NearestName nearest(attestation.name);
    for (const ir::Question& question : context.standards()->questions) nearest.consider(question.id);
    findings.raise(kind::unknown_question, attestation.name_range, element_of(attestation), attestation.name)
        .help("{}", nearest.result().empty()
                        ? std::string("the files of `policies/questionnaires/` list the questions")
                        : fmt::format("did you mean `{}`?", nearest.result()))
        .emit();
  }
}

}  // namespace cordon::check
