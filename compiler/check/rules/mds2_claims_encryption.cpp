// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The form says that personal data are encrypted before they are sent (TXCF-2), and a flow with them says
// `encryption: none`.

#include "compiler/check/mds2.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void mds2_claims_encryption(const Context& context, Findings& findings) {
  for (const Claim& claim : claims(context, "TXCF-2", ir::Answer::yes)) {
    const auto against = [&](const FlowFact& fact) {
      return carries_personal_data(fact) && fact.flow->encryption == "none";
    };
    raise_claim(context, findings, kind::mds2_claims_encryption, claim,
                flows_from(context, claim.zone, against),
                "switch encryption on and say how, or correct the answer");
  }
}

}  // namespace cordon::check
