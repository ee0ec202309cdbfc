// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The form says that the device shows the network no certificate (NAUT-3), and its radio network asks for
// one.

#include "compiler/check/mds2.h"
#include "compiler/check/networks.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void mds2_denies_certificates(const Context& context, Findings& findings) {
  for (const Claim& claim : claims(context, "NAUT-3", ir::Answer::no)) {
    for (const ir::NetworkId id : context.zone(claim.zone).networks) {
      const ir::Network& network = context.policy().networks[id];
      if (!network.wireless || admission_of(*network.wireless) != Admission::certificate) continue;
      raise_claim(context, findings, kind::mds2_denies_certificates, claim)
          .label(network.wireless->range, "asks for a certificate")
          .help("ask the maker which is right: correct the answer, or the network's `auth`")
          .emit();
      break;
    }
  }
}

}  // namespace cordon::check
