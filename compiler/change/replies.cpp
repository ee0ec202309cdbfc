// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/replies.h"

#include <vector>

#include "compiler/change/deciding.h"

namespace cordon::change {

packet::PacketSet replies_to(packet::PacketSpace& space, const packet::PacketSet& connections) {
  const std::vector<packet::Cube> cubes = value(space.cover(connections));
  std::vector<packet::ServiceSet> services;
  services.reserve(cubes.size());
  std::vector<packet::MatchRule> rules;
  for (const packet::Cube& cube : cubes) {
    services.push_back(packet::in_family(packet::reply_of(cube.services), cube.family()));
    if (services.back().empty()) continue;
    rules.push_back({.match = {.family = cube.family(),
                               .source = &cube.destination,
                               .destination = &cube.source,
                               .services = &services.back(),
                               .fragments = static_cast<std::uint8_t>(packet::Fragment::first_or_whole),
                               .states = static_cast<std::uint8_t>(packet::State::established)},
                     .action = packet::Action::permit});
  }
  return value(space.permitted(rules));
}

}  // namespace cordon::change
