// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What is within two steps of a medical device and is neither its server, nor what servers need, nor
// infrastructure. Infrastructure serves everyone, so no way is followed through it.

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "compiler/check/attack_ways.h"
#include "compiler/check/rules.h"

namespace cordon::check {
namespace {

// Zones that are found within two steps and should not be.
class SecondStep {
 public:
  explicit SecondStep(const Context& context)
      : exposure_(context.exposure()), context_(context), seen_(exposure_.digraph().vertex_count()) {}

  std::vector<ir::ZoneId> zones(ir::ZoneId devices) {
    const std::vector<PartyId>& own = exposure_.parties().of(devices);
    const std::vector<std::uint32_t> near = next(vertices(own));
    std::vector<std::uint32_t> servers;
    for (const std::uint32_t party : near) {
      const ir::ZoneId zone = zone_of(party);
      if (zone.valid() && is_clinical_server(context_.zone(zone))) servers.push_back(party);
    }
    std::vector<ir::ZoneId> far;
    for (const std::uint32_t party : next(servers)) {
      const ir::ZoneId zone = zone_of(party);
      if (zone.valid() && zone != devices && !is_expected(context_.zone(zone))) far.push_back(zone);
    }
    std::ranges::sort(far);
    far.erase(std::ranges::unique(far).begin(), far.end());
    return far;
  }

 private:
  static bool is_expected(const ir::Zone& zone) {
    return is_clinical_server(zone) || is_database(zone) || is_infrastructure(zone) || is_outside(zone);
  }
  static std::vector<std::uint32_t> vertices(const std::vector<PartyId>& parties) {
    std::vector<std::uint32_t> found;
    for (const PartyId party : parties) found.push_back(party.value);
    return found;
  }
  [[nodiscard]] ir::ZoneId zone_of(std::uint32_t party) const {
    return exposure_.parties().all()[PartyId{party}].zone;
  }

  // Parties one step on, each once.
  std::vector<std::uint32_t> next(std::vector<std::uint32_t> work) {
    const graph::Digraph& digraph = exposure_.digraph();
    ++round_;
    std::vector<std::uint32_t> found;
    while (!work.empty()) {
      const std::uint32_t vertex = work.back();
      work.pop_back();
      for (const std::uint32_t arc : digraph.leaving(vertex)) {
        const std::uint32_t to = digraph.arcs()[arc].to;
        if (std::exchange(seen_[to], round_) == round_) continue;
        (exposure_.is_party(to) ? found : work).push_back(to);
      }
    }
    return found;
  }

  const graph::ExposureGraph& exposure_;
  const Context& context_;
  std::vector<std::uint32_t> seen_;  // the round in which each vertex was met last
  std::uint32_t round_ = 0;
};

std::vector<PartyId> way_to(const Context& context, ir::ZoneId from, ir::ZoneId to) {
  const graph::ExposureGraph& exposure = context.exposure();
  const auto ways = attack_paths(exposure, exposure.parties().of(from), exposure.parties().of(to), 1);
  return ways.empty() ? std::vector<PartyId>{} : ways.front().parties;
}

}  // namespace

void devices_reach_far(const Context& context, Findings& findings) {
  const auto& zones = context.policy().zones;
  if (std::ranges::none_of(zones, is_medical)) return;
  SecondStep second(context);
  for (const ir::ZoneId id : zones.ids()) {
    if (!is_medical(zones[id])) continue;
    const std::vector<ir::ZoneId> far = second.zones(id);
    if (far.empty()) continue;
    findings
        .raise(kind::devices_reach_far, zones[id].name_range, element_of(zones[id]), zones[id].name,
               zone_list(context, far))
        .path(hops_along(context, way_to(context, id, far.front())))
        .help(
            "let these zones open the connection to the server, or give each family's server a zone of its "
            "own")
        .emit();
  }
}

}  // namespace cordon::check
