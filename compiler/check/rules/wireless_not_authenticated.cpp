// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A radio network of medical devices that whoever is near can join.

#include "compiler/check/networks.h"
#include "compiler/check/rules.h"
#include "compiler/check/suggestions.h"

namespace cordon::check {

void wireless_not_authenticated(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  for (const ir::NetworkId id : policy.networks.ids()) {
    const ir::Network& network = policy.networks[id];
    if (!network.wireless || !in_medical_zone(policy, network)) continue;
    if (!is_open(admission_of(*network.wireless))) continue;
    findings
        .raise(kind::wireless_not_authenticated, network.wireless->range, element_of(network), network.name)
        .here("`{}` {}", network.wireless->auth,
              admission_of(*network.wireless) == Admission::broken ? "is broken in minutes"
                                                                   : "asks for no proof")
        .label(context.zone(network.zone).name_range, "medical devices")
        .help(
            "write `auth: wpa2-enterprise-eap-tls` and give each device a certificate; where the device "
            "cannot, "
            "move it to a cable")
        .helps(admission_helps(context, id))
        .emit();
  }
}

}  // namespace cordon::check
