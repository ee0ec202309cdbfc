// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Traffic of medical devices that crosses a network of a zone with a lower security level than both its ends.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {
namespace {

// A network of a zone that may be the middle of a path, and the blocks it lies in.
struct Middle {
  ir::NetworkId network;
  std::set<std::uint32_t> blocks;
};

std::vector<Middle> middles(const Context& context) {
  const graph::Topology& topology = context.topology();
  std::vector<Middle> found;
  for (const ir::NetworkId id : context.policy().networks.ids()) {
    const ir::Network& network = context.policy().networks[id];
    if (!network.zone.valid() || !topology.is_transit(id)) continue;
    if (!context.zone(network.zone).security_level) continue;
    Middle middle{id, {}};
    for (const graph::AttachmentId attachment : topology.attached(id))
      middle.blocks.insert(topology.attachments()[attachment].block);
    found.push_back(std::move(middle));
  }
  return found;
}

class Crossings {
 public:
  explicit Crossings(const graph::Topology& topology) : topology_(topology) {}

  // Some path from the one endpoint to the other crosses the network.
  bool cross(const Middle& middle, const ir::Endpoint& from, const ir::Endpoint& to) {
    for (const ir::Piece& a : from.pieces) {
      for (const ir::Piece& b : to.pieces) {
        if (a.network == middle.network || b.network == middle.network) continue;
        if (between(middle, topology_.place(a.network), topology_.place(b.network))) return true;
      }
    }
    return false;
  }

 private:
  bool between(const Middle& middle, graph::PlaceId from, graph::PlaceId to) {
    const auto [entry, added] = known_.try_emplace({middle.network, from, to}, false);
    if (added) {
      entry->second = std::ranges::any_of(middle.blocks, [&](std::uint32_t block) {
        return topology_.between(block, topology_.places()[from], topology_.places()[to]);
      });
    }
    return entry->second;
  }

  const graph::Topology& topology_;
  std::map<std::tuple<ir::NetworkId, graph::PlaceId, graph::PlaceId>, bool> known_;
};

}  // namespace

void care_through_lower_zone(const Context& context, Findings& findings) {
  const std::vector<Middle> all = middles(context);
  Crossings crossings(context.topology());
  for (const Middle& middle : all) {
    const ir::Network& network = context.policy().networks[middle.network];
    const ir::Zone& zone = context.zone(network.zone);
    const FlowFact* first = nullptr;
    std::size_t count = 0;
    for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
      if ((!is_medical(from) && !is_medical(to)) || !from.security_level || !to.security_level) return;
      if (*zone.security_level >= std::min(*from.security_level, *to.security_level)) return;
      if (!crossings.cross(middle, *fact.from, *fact.to)) return;
      if (count++ == 0) first = &fact;
    });
    if (first == nullptr) continue;
    findings
        .raise(kind::care_through_lower_zone, network.name_range, element_of(network),
               fmt::format("{} flow{}", count, count == 1 ? "" : "s"), network.name, zone.name,
               unsigned{*zone.security_level})
        .label(zone.name_range, "security level {}", *zone.security_level)
        .label(first->flow->range, "may cross it, between levels {} and {}",
               *context.zone(first->from_zone).security_level, *context.zone(first->to_zone).security_level)
        .help("lead this traffic over a transit network of its own, or raise the level of `{}`", zone.name)
        .emit();
  }
}

}  // namespace cordon::check
