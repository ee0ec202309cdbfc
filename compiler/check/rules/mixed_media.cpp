// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A zone that holds wired and wireless networks and does not say that it is meant to.

#include <algorithm>
#include <vector>

#include "compiler/check/rules.h"

namespace cordon::check {
namespace {

struct Media {
  std::vector<bool> wireless, wired;  // by network
};

Media media_of(const ir::Policy& policy) {
  const std::size_t count = policy.networks.size();
  Media media{std::vector<bool>(count), std::vector<bool>(count)};
  for (const ir::NetworkId id : policy.networks.ids()) {
    if (policy.networks[id].wireless) media.wireless[id.value] = true;
  }
  for (const ir::Device& device : policy.devices) {
    for (const ir::Radio& radio : device.radios) {
      for (const ir::NetworkId id : radio.networks) media.wireless[id.value] = true;
    }
    for (const ir::Port& port : device.ports) {
      if (port.access.valid()) media.wired[port.access.value] = true;
    }
  }
  for (const ir::NetworkId id : policy.networks.ids()) {
    const ir::Network& network = policy.networks[id];
    const bool inner = network.vlan && !network.transit && !network.any_ipv4 && !network.any_ipv6;
    if (inner && !media.wireless[id.value]) media.wired[id.value] = true;
  }
  return media;
}

const ir::Network* first_of(const ir::Policy& policy, const ir::Zone& zone, const std::vector<bool>& medium) {
  const auto found = std::ranges::find_if(zone.networks, [&](ir::NetworkId id) { return medium[id.value]; });
  return found == zone.networks.end() ? nullptr : &policy.networks[*found];
}

}  // namespace

void mixed_media(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  const Media media = media_of(policy);
  for (const ir::Zone& zone : policy.zones) {
    const ir::Network* wireless = first_of(policy, zone, media.wireless);
    const ir::Network* wired = first_of(policy, zone, media.wired);
    if (zone.wired_and_wireless || wireless == nullptr || wired == nullptr) continue;
    findings.raise(kind::mixed_media, zone.name_range, element_of(zone), zone.name)
        .label(wireless->name_range, "wireless")
        .label(wired->name_range, "wired")
        .help("give each medium a zone of its own, or say that it is meant: `wired-and-wireless: true`")
        .emit();
  }
}

}  // namespace cordon::check
