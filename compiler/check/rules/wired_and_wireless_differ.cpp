// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A zone with wired and wireless networks where a device may do more on one than on the other.
//
// A device that can be on both is where the policy last saw it; what it needs has to work, and what it must
// not do has to be closed, on either. Flows of single hosts say nothing about the networks.

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "compiler/check/rules.h"
#include "compiler/check/wording.h"

namespace cordon::check {
namespace {

bool has_both(const ir::Policy& policy, const ir::Zone& zone) {
  const auto wireless = std::ranges::count_if(
      zone.networks, [&](ir::NetworkId id) { return policy.networks[id].wireless.has_value(); });
  return wireless > 0 && wireless < std::ssize(zone.networks);
}

struct OneSided {
  const FlowFact* fact = nullptr;
  bool wireless = false;
};

// What whole networks of a zone may do, by direction and peer; cable first, then air.
using Peer = std::pair<bool, ir::EndpointId>;
struct Sides {
  std::map<Peer, packet::ServiceSet> services[2];
  std::vector<OneSided> single;  // flows of one side alone
};

void sort_flow(const ir::Policy& policy, const FlowFact& fact, bool outward, Sides& sides) {
  bool touched[2] = {false, false}, whole[2] = {false, false};
  for (const ir::Piece& piece : (outward ? fact.from : fact.to)->pieces) {
    const std::size_t side = policy.networks[piece.network].wireless ? 1 : 0;
    touched[side] = true;
    whole[side] = whole[side] || piece.whole;
  }
  const Peer peer{outward, outward ? fact.flow->to : fact.flow->from};
  for (const std::size_t side : {0U, 1U}) {
    if (!whole[side]) continue;
    packet::ServiceSet& known = sides.services[side][peer];
    known.insert(known.end(), fact.services->begin(), fact.services->end());
    if (!touched[1 - side]) sides.single.push_back({&fact, side == 1});
  }
}

std::vector<OneSided> one_sided(const Context& context, ir::ZoneId zone) {
  Sides sides;
  for (const std::uint32_t position : context.flows_from(zone))
    sort_flow(context.policy(), context.flow(position), true, sides);
  for (const std::uint32_t position : context.flows_to(zone))
    sort_flow(context.policy(), context.flow(position), false, sides);
  for (auto& side : sides.services) {
    for (auto& [peer, services] : side) services = normalize(std::move(services));
  }
  std::erase_if(sides.single, [&](const OneSided& each) {
    const bool outward = each.fact->from_zone == zone;
    const auto& other = sides.services[each.wireless ? 0 : 1];
    const auto found = other.find({outward, outward ? each.fact->flow->to : each.fact->flow->from});
    if (found == other.end()) return false;
    packet::ServiceSet both = found->second;
    both.insert(both.end(), each.fact->services->begin(), each.fact->services->end());
    return normalize(std::move(both)) == found->second;
  });
  return std::move(sides.single);
}

}  // namespace

void wired_and_wireless_differ(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  for (const ir::ZoneId id : policy.zones.ids()) {
    const ir::Zone& zone = policy.zones[id];
    if (!is_medical(zone) || !has_both(policy, zone)) continue;
    const std::vector<OneSided> flows = one_sided(context, id);
    if (flows.empty()) continue;
    std::vector<diagnostics::Label> labels;
    std::vector<TrafficPart> traffic;
    for (const OneSided& each : flows) {
      traffic.push_back(traffic_of(policy, *each.fact));
      if (labels.size() < 4)
        labels.push_back({each.fact->flow->range, each.wireless ? "only on the air" : "only on the cable"});
    }
    findings
        .raise(kind::wired_and_wireless_differ, zone.name_range, element_of(zone), zone.name,
               counted(flows.size(), "flow"))
        .labels(labels)
        .traffic(std::move(traffic))
        .help("write the flows from and to zone `{}` instead of one of its networks, or split the zone",
              zone.name)
        .emit();
  }
}

}  // namespace cordon::check
