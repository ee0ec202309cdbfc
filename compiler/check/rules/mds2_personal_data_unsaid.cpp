// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The form says that the device sends personal data (MPII-3.5 by cable, MPII-3.6 by radio, MPII-3.7 outside),
// and no flow of its zone says so.

#include <string_view>

#include "compiler/check/mds2.h"
#include "compiler/check/rules.h"
#include "compiler/check/wording.h"

namespace cordon::check {
namespace {

constexpr std::string_view ways[] = {"MPII-3.5", "MPII-3.6", "MPII-3.7"};

bool is_first(const ir::Mds2Form& form, std::string_view question) {
  for (const std::string_view way : ways) {
    const ir::Mds2Answer* answer = answer_to(form, way);
    if (answer != nullptr && answer->answer == ir::Answer::yes) return way == question;
  }
  return false;
}

}  // namespace

void mds2_personal_data_unsaid(const Context& context, Findings& findings) {
  for (const std::string_view question : ways) {
    for (const Claim& claim : claims(context, question, ir::Answer::yes)) {
      if (!is_first(*claim.form, question)) continue;
      const bool said = !flows_of(context, claim.zone, carries_personal_data).empty();
      const auto others = flows_of(context, claim.zone, [](const FlowFact&) { return true; });
      if (said || others.empty()) continue;
      raise_claim(context, findings, kind::mds2_personal_data_unsaid, claim)
          .label(context.zone(claim.zone).name_range, "{}, none with `data: [phi]`",
                 counted(others.size(), "flow"))
          .help("write `data: [phi]` on the flows that carry them, and how they are encrypted")
          .emit();
    }
  }
}

}  // namespace cordon::check
