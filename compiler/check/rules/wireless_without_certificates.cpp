// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A radio network of medical devices with 802.1X, but without certificates on them.

#include "compiler/check/networks.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void wireless_without_certificates(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  for (const ir::Network& network : policy.networks) {
    if (!network.wireless || !in_medical_zone(policy, network)) continue;
    const Admission admission = admission_of(*network.wireless);
    if (admission != Admission::password && admission != Admission::unstated) continue;
    findings
        .raise(kind::wireless_without_certificates, network.wireless->range, element_of(network),
               network.name,
               admission == Admission::password ? "with passwords" : "by a method that nobody states")
        .here("`{}`", network.wireless->auth)
        .label(context.zone(network.zone).name_range, "medical devices")
        .help(
            "write `auth: wpa2-enterprise-eap-tls` once the RADIUS server asks for certificates and nothing "
            "else")
        .emit();
  }
}

}  // namespace cordon::check
