// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The form says that nobody services the device from afar (RMOT-1), and somebody is let in to do so.

#include "compiler/check/mds2.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void mds2_denies_remote_service(const Context& context, Findings& findings) {
  for (const Claim& claim : claims(context, "RMOT-1", ir::Answer::no)) {
    const auto against = [&](const FlowFact& fact) {
      if (!fact.from_zone.valid()) return false;
      const ir::Zone& from = context.zone(fact.from_zone);
      return is_outside(from) || is_remote_access(from);
    };
    raise_claim(context, findings, kind::mds2_denies_remote_service, claim,
                flows_to(context, claim.zone, against), "correct the answer, or take the flow out");
  }
}

}  // namespace cordon::check
