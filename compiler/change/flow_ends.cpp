// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/flow_ends.h"

#include <utility>

#include "compiler/ir/endpoint_addresses.h"
#include "compiler/prove/filter_sets.h"

namespace cordon::change {

using packet::Family;
using packet::PacketSet;
using prove::decided;

FlowEnds::FlowEnds(const ir::Policy& policy, packet::PacketSpace& space) : space_(space) {
  ir::Addresses rest;
  for (const Family family : packet::families) rest.of(family) = packet::AddressSet::all(family);
  const auto take = [&](const FlowEnd& end, ir::Addresses addresses) {
    for (const Family family : packet::families) {
      addresses.of(family) = intersect(addresses.of(family), rest.of(family));
      rest.of(family) = subtract(rest.of(family), addresses.of(family));
    }
    add(end, std::move(addresses));
  };
  take({FlowEnd::Kind::devices, {}, {}}, policy.device_addresses);
  for (const ir::ZoneId zone : policy.zones.ids())
    take({FlowEnd::Kind::zone, zone, {}}, ir::hosts_of(policy, policy.zones[zone]));
  add({FlowEnd::Kind::elsewhere, {}, {}}, std::move(rest));
}

void FlowEnds::add(const FlowEnd& end, ir::Addresses addresses) {
  classes_.push_back({end, std::move(addresses), std::nullopt, std::nullopt});
}

std::optional<PacketSet> FlowEnds::part(const PacketSet& packets, Class& of, bool source) {
  static const packet::ServiceSet any{packet::ServiceTerm{}};
  std::optional<PacketSet>& set = source ? of.as_source : of.as_destination;
  if (!set) {
    std::vector<packet::MatchRule> rules;
    const ir::Addresses every{packet::AddressSet::all(Family::ipv4), packet::AddressSet::all(Family::ipv6)};
    for (const Family family : packet::families) {
      rules.push_back({.match = {.family = family,
                                 .source = source ? &of.addresses.of(family) : &every.of(family),
                                 .destination = source ? &every.of(family) : &of.addresses.of(family),
                                 .services = &any},
                       .action = packet::Action::permit});
    }
    set = decided(space_.permitted(rules));
  }
  return set ? decided(space_.intersect(packets, *set)) : std::nullopt;
}

std::optional<std::vector<FlowEnds::Pair>> FlowEnds::split(const PacketSet& packets, const FlowEnd& to) {
  std::vector<Pair> pairs;
  for (Class& from : classes_) {
    const auto some = part(packets, from, true);
    if (!some) return std::nullopt;
    if (*some != space_.empty()) pairs.push_back({from.end, to, *some});
  }
  return pairs;
}

std::optional<std::vector<FlowEnds::Pair>> FlowEnds::split(const PacketSet& packets) {
  const auto by_source = split(packets, {});
  if (!by_source) return std::nullopt;
  std::vector<Pair> pairs;
  for (const Pair& whole : *by_source) {
    for (Class& to : classes_) {
      const auto some = part(whole.packets, to, false);
      if (!some) return std::nullopt;
      if (*some != space_.empty()) pairs.push_back({whole.from, to.end, *some});
    }
  }
  return pairs;
}

}  // namespace cordon::change
