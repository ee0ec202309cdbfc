// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Hosts on a network that is in no zone: nothing is said about them, and they sit where others' packets pass.

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/check/rules.h"

namespace cordon::check {
namespace {

// What shows that hosts live on the network; empty: nothing does.
std::vector<std::string> inhabitants(const ir::Policy& policy) {
  std::vector<std::string> shown(policy.networks.size());
  for (const ir::NetworkId id : policy.networks.ids()) {
    const ir::Network& network = policy.networks[id];
    if (network.dhcp) shown[id.value] = "addresses are leased";
    if (network.wireless) shown[id.value] = "stations associate";
  }
  std::vector<std::uint32_t> hosts(policy.networks.size());
  for (const ir::Host& host : policy.hosts) ++hosts[host.network.value];
  for (const ir::NetworkId id : policy.networks.ids()) {
    const std::uint32_t count = hosts[id.value];
    if (count > 0)
      shown[id.value] =
          fmt::format("there {} {} host{}", count == 1 ? "is" : "are", count, count == 1 ? "" : "s");
  }
  return shown;
}

}  // namespace

void network_without_zone(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  const std::vector<std::string> shown = inhabitants(policy);
  for (const ir::NetworkId id : policy.networks.ids()) {
    const ir::Network& network = policy.networks[id];
    if (network.zone.valid() || shown[id.value].empty()) continue;
    findings
        .raise(kind::network_without_zone, network.name_range, element_of(network), network.name,
               shown[id.value])
        .help("list it in a zone: `networks: [{}]`; a link between network devices holds no hosts",
              network.name)
        .emit();
  }
}

}  // namespace cordon::check
