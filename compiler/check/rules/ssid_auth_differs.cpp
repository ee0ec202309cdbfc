// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// One SSID that asks stations for different proofs: the weaker one is what it is worth.

#include <algorithm>

#include "compiler/check/networks.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void ssid_auth_differs(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  for (const auto& [ssid, networks] : networks_by_ssid(policy)) {
    const ir::Network& first = policy.networks[networks.front()];
    const auto other = std::ranges::find_if(networks, [&](ir::NetworkId id) {
      return policy.networks[id].wireless->auth != first.wireless->auth;
    });
    if (other == networks.end()) continue;
    const ir::Network& second = policy.networks[*other];
    findings
        .raise(kind::ssid_auth_differs, second.wireless->range, element_of(second), ssid,
               second.wireless->auth, first.wireless->auth)
        .label(first.wireless->range, "`{}` for network `{}`", first.wireless->auth, first.name)
        .help("state the same `auth` for every network behind an SSID, or rename one SSID")
        .emit();
  }
}

}  // namespace cordon::check
