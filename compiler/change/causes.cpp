// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/causes.h"

#include <algorithm>

namespace cordon::change {
namespace {

bool meets(const packet::Match& match, std::span<const packet::Cube> cubes) {
  return std::ranges::any_of(cubes, [&](const packet::Cube& cube) {
    return cube.family() == match.family && intersects(cube.source, *match.source) &&
           intersects(cube.destination, *match.destination);
  });
}

}  // namespace

std::optional<packet::Undecided> add_causes(packet::PacketSpace& space, const packet::PacketSet& set,
                                            const Intent& intent, std::span<const std::size_t> rules,
                                            std::vector<Cause>& causes) {
  for (const std::size_t rule : rules) {
    const auto own = space.permitted({&intent.rules()[rule], 1});
    if (!own) return own.error();
    const auto shared = space.intersect(*own, set);
    if (!shared) return shared.error();
    const Cause& cause = intent.cause(rule);
    if (*shared != space.empty() && std::ranges::find(causes, cause) == causes.end()) causes.push_back(cause);
  }
  return std::nullopt;
}

std::optional<packet::Undecided> add_causes(packet::PacketSpace& space, const packet::PacketSet& set,
                                            std::span<const packet::Cube> cubes, const Intent& intent,
                                            std::vector<Cause>& causes) {
  std::vector<std::size_t> near;
  for (std::size_t rule = 0; rule < intent.rules().size(); ++rule) {
    if (meets(intent.rules()[rule].match, cubes)) near.push_back(rule);
  }
  return add_causes(space, set, intent, near, causes);
}

}  // namespace cordon::change
