// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// No answer says that the device is updated over the network (CSUP-2.3, CSUP-3.3, CSUP-8), and a flow brings
// updates.

#include <string_view>

#include "compiler/check/mds2.h"
#include "compiler/check/rules.h"

namespace cordon::check {
namespace {

// Its system, its firmware, its software by itself.
constexpr std::string_view ways[] = {"CSUP-2.3", "CSUP-3.3", "CSUP-8"};

// Every way that the form speaks of is denied, and this question is the first.
bool is_first_of_none(const ir::Mds2Form& form, std::string_view question) {
  const ir::Mds2Answer* first = nullptr;
  for (const std::string_view way : ways) {
    const ir::Mds2Answer* answer = answer_to(form, way);
    if (answer == nullptr) continue;
    if (answer->answer != ir::Answer::no) return false;
    if (first == nullptr) first = answer;
  }
  return first != nullptr && first->question == question;
}

}  // namespace

void mds2_denies_updates(const Context& context, Findings& findings) {
  for (const std::string_view question : ways) {
    for (const Claim& claim : claims(context, question, ir::Answer::no)) {
      if (!is_first_of_none(*claim.form, question)) continue;
      const auto updates = [](const FlowFact& fact) { return carries(fact, {"update"}); };
      raise_claim(context, findings, kind::mds2_denies_updates, claim, flows_of(context, claim.zone, updates),
                  "take the flow out, or correct the answer");
    }
  }
}

}  // namespace cordon::check
