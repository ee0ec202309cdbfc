// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Answers to questions that the form does not have, as far as it bears on the network.

#include <string>
#include <vector>

#include "compiler/base/spelling.h"
#include "compiler/check/mds2.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void unknown_mds2_question(const Context& context, Findings& findings) {
  if (context.standards() == nullptr) return;
  const std::vector<ir::Mds2Question>& known = context.standards()->mds2;
  for (const ir::Mds2Form& form : context.evidence().mds2) {
    for (const ir::Mds2Answer& answer : form.answers) {
      NearestName nearest(answer.question);
      for (const ir::Mds2Question& question : known) nearest.consider(question.id);
      if (nearest.result() == answer.question) continue;
      findings.raise(kind::unknown_mds2_question, answer.range, element_of(form), form.name, answer.question)
          .help("{}", nearest.result().empty()
                          ? std::string("`policies/questionnaires/mds2.yaml` lists the questions")
                          : fmt::format("did you mean `{}`?", nearest.result()))
          .emit();
    }
  }
}

}  // namespace cordon::check
