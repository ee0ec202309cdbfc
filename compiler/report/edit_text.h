// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// An edit of a policy as an instruction: where, what, and the text to paste.
#ifndef COMPILER_REPORT_EDIT_TEXT_H
#define COMPILER_REPORT_EDIT_TEXT_H

#include <string>
#include <vector>

#include "compiler/change/edit.h"
#include "compiler/report/policy_words.h"
#include "compiler/source/source.h"

namespace cordon::report {

struct EditText {
  std::string place;               // `conduits/people.yaml:27`; empty: anywhere in the project
  std::string what;                // `add `ssh` to the services of flow 1 of conduit biomed-plum`
  std::vector<std::string> paste;  // lines to write there; none: something is taken out
};

[[nodiscard]] EditText edit_text(const ir::Policy& policy, const source::Sources& sources,
                                 const PolicyWords& words, const change::Edit& edit);

}  // namespace cordon::report

#endif  // COMPILER_REPORT_EDIT_TEXT_H
