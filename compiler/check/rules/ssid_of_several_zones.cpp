// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// An SSID that leads into more than one zone, where only the RADIUS server decides into which.
//
// Several zones of medical devices may share one, and so may others whose stations prove who they are.

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "compiler/check/networks.h"
#include "compiler/check/rules.h"
#include "compiler/check/wording.h"

namespace cordon::check {
namespace {

// The first network of each zone, by zone.
std::vector<ir::NetworkId> one_of_each_zone(const ir::Policy& policy,
                                            const std::vector<ir::NetworkId>& networks) {
  std::map<ir::ZoneId, ir::NetworkId> first;
  for (const ir::NetworkId id : networks) {
    if (policy.networks[id].zone.valid()) first.try_emplace(policy.networks[id].zone, id);
  }
  std::vector<ir::NetworkId> apart;
  for (const auto& [zone, network] : first) apart.push_back(network);
  return apart;
}

bool may_share(const ir::Policy& policy, const std::vector<ir::NetworkId>& networks) {
  const auto medical = std::ranges::count_if(
      networks, [&](ir::NetworkId id) { return in_medical_zone(policy, policy.networks[id]); });
  if (medical > 0) return medical == std::ssize(networks);
  return std::ranges::all_of(networks, [&](ir::NetworkId id) {
    return admission_of(*policy.networks[id].wireless) > Admission::shared_key;
  });
}

}  // namespace

void ssid_of_several_zones(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  for (const auto& [ssid, networks] : networks_by_ssid(policy)) {
    const std::vector<ir::NetworkId> apart = one_of_each_zone(policy, networks);
    if (apart.size() < 2 || may_share(policy, networks)) continue;
    const ir::Network& first = policy.networks[apart.front()];
    std::vector<std::string> zones;
    std::vector<diagnostics::Label> labels;
    for (const ir::NetworkId id : apart) {
      const ir::Network& network = policy.networks[id];
      zones.push_back(context.zone(network.zone).name);
      if (id != apart.front())
        labels.push_back({network.wireless->range, fmt::format("zone `{}`", zones.back())});
    }
    findings.raise(kind::ssid_of_several_zones, first.wireless->range, element_of(first), ssid, quoted(zones))
        .here("zone `{}`", zones.front())
        .labels(labels)
        .help("give the network of each zone an SSID of its own")
        .emit();
  }
}

}  // namespace cordon::check
