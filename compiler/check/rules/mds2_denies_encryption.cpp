// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The form says that the device speaks no TLS (CONN-7) or encrypts no personal data (TXCF-2), and flows say
// that it does.

#include <string>
#include <string_view>

#include "compiler/check/mds2.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void mds2_denies_encryption(const Context& context, Findings& findings) {
  const std::string_view help = "correct the answer, or the flow's `encryption`";
  for (const Claim& claim : claims(context, "CONN-7", ir::Answer::no)) {
    const auto tls = [](const FlowFact& fact) { return fact.flow->encryption.ends_with("tls"); };
    raise_claim(context, findings, kind::mds2_denies_encryption, claim, flows_of(context, claim.zone, tls),
                help);
  }
  for (const Claim& claim : claims(context, "TXCF-2", ir::Answer::no)) {
    const ir::Mds2Answer* tls = answer_to(*claim.form, "CONN-7");
    const bool told = tls != nullptr && tls->answer == ir::Answer::no;
    const auto sealed = [&](const FlowFact& fact) {
      const std::string& by = fact.flow->encryption;
      return carries_personal_data(fact) && !by.empty() && by != "none" && !(told && by.ends_with("tls"));
    };
    raise_claim(context, findings, kind::mds2_denies_encryption, claim,
                flows_from(context, claim.zone, sealed), help);
  }
}

}  // namespace cordon::check
