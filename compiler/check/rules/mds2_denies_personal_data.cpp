// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The form says that the device handles no personal data (MPII-1), or sends none outside (MPII-3.7), and
// flows carry them.

#include <string_view>

#include "compiler/check/mds2.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void mds2_denies_personal_data(const Context& context, Findings& findings) {
  const std::string_view help = "correct the answer, or the flow's `data`";
  for (const Claim& claim : claims(context, "MPII-1", ir::Answer::no))
    raise_claim(context, findings, kind::mds2_denies_personal_data, claim,
                flows_of(context, claim.zone, carries_personal_data), help);
  for (const Claim& claim : claims(context, "MPII-3.7", ir::Answer::no)) {
    const ir::Mds2Answer* any = answer_to(*claim.form, "MPII-1");
    if (any != nullptr && any->answer == ir::Answer::no) continue;
    const auto outward = [&](const FlowFact& fact) {
      return carries_personal_data(fact) && fact.to_zone.valid() && is_outside(context.zone(fact.to_zone));
    };
    raise_claim(context, findings, kind::mds2_denies_personal_data, claim,
                flows_from(context, claim.zone, outward), help);
  }
}

}  // namespace cordon::check
