// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The form says that the device talks to nobody outside (CONN-4), or has no use for the internet (CONN-6),
// and a flow lets it out. One finding, by the answer that says more.

#include <string_view>

#include "compiler/check/mds2.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void mds2_denies_outside(const Context& context, Findings& findings) {
  const auto outward = [&](const FlowFact& fact) {
    return fact.to_zone.valid() && is_outside(context.zone(fact.to_zone));
  };
  const std::string_view help = "correct the answer, or take the flow out";
  for (const Claim& claim : claims(context, "CONN-4", ir::Answer::no))
    raise_claim(context, findings, kind::mds2_denies_outside, claim, flows_from(context, claim.zone, outward),
                help);
  for (const Claim& claim : claims(context, "CONN-6", ir::Answer::no)) {
    const ir::Mds2Answer* wider = answer_to(*claim.form, "CONN-4");
    if (wider != nullptr && wider->answer == ir::Answer::no) continue;
    const auto to_internet = [&](const FlowFact& fact) {
      return outward(fact) && !is_vendor(context.zone(fact.to_zone));
    };
    raise_claim(context, findings, kind::mds2_denies_outside, claim,
                flows_from(context, claim.zone, to_internet), help);
  }
}

}  // namespace cordon::check
