// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/parties.h"

#include <utility>

#include "compiler/ir/endpoint_addresses.h"

namespace cordon::change {
namespace {

// What remains to be told, and what was told.
struct Rest {
  ir::Addresses addresses;
  std::vector<Party> parties;

  ir::Addresses take(const ir::Addresses& some) {
    ir::Addresses taken = intersect(addresses, some);
    if (!taken.empty()) addresses = subtract(addresses, taken);
    return taken;
  }
};

void take_devices(const ir::Policy& policy, Rest& rest) {
  if (intersect(rest.addresses, policy.device_addresses).empty()) return;
  for (const ir::DeviceId id : policy.devices.ids()) {
    const ir::Addresses own = ir::own_addresses(policy.devices[id]);
    if (own.empty() || !is_subset(own, rest.addresses)) continue;
    rest.parties.push_back({.zone = {}, .network = {}, .device = id, .addresses = rest.take(own)});
  }
}

void take_zones(const ir::Policy& policy, Rest& rest) {
  for (const ir::ZoneId id : policy.zones.ids()) {
    Party party{.zone = id, .network = {}, .device = {}, .addresses = {}};
    for (const ir::NetworkId network : policy.zones[id].networks)
      ir::add(party.addresses, rest.take(policy.networks[network].addresses));
    if (!party.addresses.empty()) rest.parties.push_back(std::move(party));
  }
}

void take_networks(const ir::Policy& policy, Rest& rest) {
  for (const ir::NetworkId id : policy.networks.ids()) {
    if (policy.networks[id].zone.valid()) continue;
    ir::Addresses taken = rest.take(policy.networks[id].addresses);
    if (!taken.empty())
      rest.parties.push_back({.zone = {}, .network = id, .device = {}, .addresses = std::move(taken)});
  }
}

}  // namespace

std::vector<Party> parties_of(const ir::Policy& policy, const ir::Addresses& addresses) {
  Rest rest{.addresses = addresses, .parties = {}};
  take_devices(policy, rest);
  take_zones(policy, rest);
  take_networks(policy, rest);
  if (!rest.addresses.empty())
    rest.parties.push_back({.zone = {}, .network = {}, .device = {}, .addresses = std::move(rest.addresses)});
  return std::move(rest.parties);
}

ir::Addresses intersect(const ir::Addresses& a, const ir::Addresses& b) {
  return {.v4 = intersect(a.v4, b.v4), .v6 = intersect(a.v6, b.v6)};
}

ir::Addresses subtract(const ir::Addresses& a, const ir::Addresses& b) {
  return {.v4 = subtract(a.v4, b.v4), .v6 = subtract(a.v6, b.v6)};
}

bool is_subset(const ir::Addresses& inner, const ir::Addresses& outer) {
  return is_subset(inner.v4, outer.v4) && is_subset(inner.v6, outer.v6);
}

}  // namespace cordon::change
