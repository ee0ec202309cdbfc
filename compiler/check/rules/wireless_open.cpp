// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A radio network for other than guests that whoever is near can join.

#include "compiler/check/networks.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void wireless_open(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  for (const ir::Network& network : policy.networks) {
    if (!network.wireless || !is_open(admission_of(*network.wireless))) continue;
    if (network.zone.valid() && (is_guest(context.zone(network.zone)) || in_medical_zone(policy, network)))
      continue;
    const std::string where = network.zone.valid()
                                  ? fmt::format(" of zone `{}`", context.zone(network.zone).name)
                                  : ", which is in no zone";
    findings.raise(kind::wireless_open, network.wireless->range, element_of(network), network.name, where)
        .here("`{}` proves nothing", network.wireless->auth)
        .label(network.zone.valid() ? context.zone(network.zone).name_range : network.name_range, "{}",
               network.zone.valid() ? "not a zone of guests" : "without a zone it lies between filters")
        .help(
            "write `auth: wpa2-enterprise-eap-tls` or `wpa3-personal`, or move the network to a zone of type "
            "`guest`")
        .emit();
  }
}

}  // namespace cordon::check
