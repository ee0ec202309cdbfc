// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The form says that the device is not operated from another one (CONN-8), and others open connections to it.
//
// What says that it brings no orders and no settings is left alone.

#include "compiler/check/known_services.h"
#include "compiler/check/mds2.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void mds2_denies_control(const Context& context, Findings& findings) {
  for (const Claim& claim : claims(context, "CONN-8", ir::Answer::no)) {
    const auto against = [&](const FlowFact& fact) {
      if (fact.from_zone == claim.zone || beyond_housekeeping(*fact.services).empty()) return false;
      return fact.flow->data.empty() || carries(fact, {"therapy", "management"});
    };
    raise_claim(context, findings, kind::mds2_denies_control, claim, flows_to(context, claim.zone, against),
                "take the flow out, say in `data` what it brings, or correct the answer");
  }
}

}  // namespace cordon::check
