// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The form says that the device talks to no other system of the hospital (CONN-3), and flows let it.

#include "compiler/check/mds2.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void mds2_denies_network(const Context& context, Findings& findings) {
  for (const Claim& claim : claims(context, "CONN-3", ir::Answer::no)) {
    const auto against = [&](const FlowFact& fact) {
      const ir::ZoneId other = fact.from_zone == claim.zone ? fact.to_zone : fact.from_zone;
      return other.valid() && other != claim.zone && !is_outside(context.zone(other));
    };
    raise_claim(context, findings, kind::mds2_denies_network, claim, flows_of(context, claim.zone, against),
                "correct the answer, or take the flows out");
  }
}

}  // namespace cordon::check
