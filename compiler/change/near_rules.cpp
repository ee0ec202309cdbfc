// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/near_rules.h"

namespace cordon::change {

bool share_addresses(const packet::Match& a, const packet::Match& b) {
  return a.family == b.family && packet::intersects(*a.source, *b.source) &&
         packet::intersects(*a.destination, *b.destination);
}

bool joins(const packet::Match& match, const ir::Addresses& from, const ir::Addresses& to) {
  return packet::intersects(*match.source, from.of(match.family)) &&
         packet::intersects(*match.destination, to.of(match.family));
}

std::vector<std::size_t> NearRules::of(ir::DeviceId device, const config::Device& read,
                                       const config::Filter& filter) {
  const auto meets = [&](std::size_t side, config::AddressSetId id) {
    const auto [entry, added] = meets_[side].try_emplace({device, id});
    const packet::AddressSet& set = read.addresses[id].addresses;
    if (added) entry->second = packet::intersects(set, ends_[side]->of(set.family()));
    return entry->second;
  };
  std::vector<std::size_t> near;
  for (std::size_t rule = 0; rule < filter.rules.size(); ++rule) {
    if (meets(0, filter.rules[rule].source) && meets(1, filter.rules[rule].destination)) near.push_back(rule);
  }
  return near;
}

}  // namespace cordon::change
