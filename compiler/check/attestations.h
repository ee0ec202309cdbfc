// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Answers to the risk questionnaire beside their questions.
#ifndef COMPILER_CHECK_ATTESTATIONS_H
#define COMPILER_CHECK_ATTESTATIONS_H

#include <string>

#include "compiler/check/context.h"

namespace cordon::check {

[[nodiscard]] inline std::string element_of(const ir::Attestation& attestation) {
  return "attestation:" + attestation.name;
}

// visit(attestation, question) for every answer to a question that exists; without the questionnaire, for
// none.
template <class Visit>
void for_each_answer(const Context& context, const Visit& visit) {
  if (context.standards() == nullptr) return;
  for (const ir::Attestation& attestation : context.evidence().attestations) {
    if (const ir::Question* question = context.standards()->find_question(attestation.name))
      visit(attestation, *question);
  }
}

}  // namespace cordon::check

#endif  // COMPILER_CHECK_ATTESTATIONS_H
