// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A network of the site in one zone with the internet: between networks of a zone nothing is filtered.

#include <algorithm>

#include "compiler/check/rules.h"

namespace cordon::check {
namespace {

bool is_any(const ir::Network& network) { return network.any_ipv4 || network.any_ipv6; }

}  // namespace

void inside_shares_outside_zone(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  for (const ir::Zone& zone : policy.zones) {
    const auto outside =
        std::ranges::find_if(zone.networks, [&](ir::NetworkId id) { return is_any(policy.networks[id]); });
    const auto inside =
        std::ranges::find_if(zone.networks, [&](ir::NetworkId id) { return !is_any(policy.networks[id]); });
    if (zone.isolate || outside == zone.networks.end() || inside == zone.networks.end()) continue;
    findings
        .raise(kind::inside_shares_outside_zone, zone.name_range, element_of(zone),
               policy.networks[*inside].name, zone.name)
        .label(policy.networks[*inside].name_range, "open to everything outside")
        .label(policy.networks[*outside].name_range, "everything that no network declares")
        .help("give `{}` a zone of its own, `type: dmz` if the internet may reach part of it",
              policy.networks[*inside].name)
        .emit();
  }
}

}  // namespace cordon::check
