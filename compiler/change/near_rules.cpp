// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/near_rules.h"

namespace cordon::change {

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
