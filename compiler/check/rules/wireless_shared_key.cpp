// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A radio network of medical devices that one shared key opens.

#include "compiler/check/networks.h"
#include "compiler/check/rules.h"
#include "compiler/check/suggestions.h"

namespace cordon::check {

void wireless_shared_key(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  for (const ir::NetworkId id : policy.networks.ids()) {
    const ir::Network& network = policy.networks[id];
    if (!network.wireless || !in_medical_zone(policy, network)) continue;
    if (admission_of(*network.wireless) != Admission::shared_key) continue;
    findings.raise(kind::wireless_shared_key, network.wireless->range, element_of(network), network.name)
        .here("`{}`: every device holds the same key", network.wireless->auth)
        .label(context.zone(network.zone).name_range, "medical devices")
        .help("write `auth: wpa2-enterprise-eap-tls` and give each device a certificate")
        .helps(admission_helps(context, id))
        .help(
            "until then give each model of device a key and an SSID of its own, and change both when one is "
            "lost")
        .emit();
  }
}

}  // namespace cordon::check
