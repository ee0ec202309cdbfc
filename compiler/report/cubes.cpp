// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/report/cubes.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "compiler/check/traffic.h"
#include "compiler/report/escape.h"

namespace cordon::report {

using change::Cause;

std::vector<std::string> cube_lines(const ir::AddressNames& names, std::span<const packet::Cube> cubes,
                                    std::size_t most) {
  check::Traffic traffic;
  for (const packet::Cube& cube : cubes) {
    check::TrafficPart part;
    part.from.of(cube.family()) = cube.source;
    part.to.of(cube.family()) = cube.destination;
    part.services = cube.services;
    traffic.push_back(std::move(part));
  }
  return check::traffic_lines(names, traffic, most);
}

nlohmann::ordered_json cubes_json(std::span<const packet::Cube> cubes) {
  using Json = nlohmann::ordered_json;
  const auto prefixes = [](const packet::AddressSet& set) {
    Json list = Json::array();
    for (const packet::Prefix& prefix : set.prefixes()) list.push_back(to_string(prefix));
    return list;
  };
  Json out = Json::array();
  for (const packet::Cube& cube : cubes) {
    out.push_back({{"from", prefixes(cube.source)},
                   {"to", prefixes(cube.destination)},
                   {"services", packet::to_string(cube.services)}});
  }
  return out;
}

std::string place_text(const source::Sources& sources, source::Range range) {
  if (!range.valid()) return {};
  return fmt::format("{}:{}", sources.path(range.file), sources.start(range).line);
}

std::string line_text(const source::Sources& sources, source::Range range) {
  constexpr std::size_t longest = 120;
  if (!range.valid()) return {};
  std::string line(sources.line(range.file, sources.start(range).line));
  const std::size_t begin = std::min(line.find_first_not_of(" \t"), line.size());
  return fmt::format("{}  {}", place_text(sources, range), shortened(line.substr(begin), longest));
}

std::string cause_text(const ir::Policy& policy, const source::Sources& sources, const Cause& cause) {
  const std::string place = place_text(sources, cause.range);
  if (cause.kind == Cause::Kind::zone)
    return fmt::format("{} (zone {}, whose hosts talk among themselves)", place,
                       policy.zones[cause.from].name);
  if (cause.kind == Cause::Kind::renewal)
    return fmt::format("{} (DHCP of network {})", place, policy.networks[cause.network].name);
  const ir::Conduit& conduit = policy.conduits[cause.flow.conduit];
  return fmt::format("{} (conduit {}, flow {}{}{})", place, conduit.name, policy.flow(cause.flow).number,
                     conduit.ticket.empty() ? "" : ", ", conduit.ticket);
}

}  // namespace cordon::report
