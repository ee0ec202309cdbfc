// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The form says that personal data go to a fixed list of destinations (TXCF-3), and a flow leads to a whole
// network.
//
// Names, time and the like go anywhere; so does what says that it is no personal data.

#include "compiler/check/known_services.h"
#include "compiler/check/mds2.h"
#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {

void mds2_claims_fixed_destinations(const Context& context, Findings& findings) {
  for (const Claim& claim : claims(context, "TXCF-3", ir::Answer::yes)) {
    const auto against = [&](const FlowFact& fact) {
      if (!holds_whole_network(*fact.to) || beyond_housekeeping(*fact.services).empty()) return false;
      return fact.flow->data.empty() || carries_personal_data(fact);
    };
    raise_claim(context, findings, kind::mds2_claims_fixed_destinations, claim,
                flows_from(context, claim.zone, against),
                "name the servers in the flow, or correct the answer");
  }
}

}  // namespace cordon::check
