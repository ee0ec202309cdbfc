// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Flows of a medical zone in both families that exist in one of them only, though the peer's network has
// both.

#include <algorithm>
#include <string_view>
#include <vector>

#include "compiler/check/rules.h"
#include "compiler/check/wording.h"

namespace cordon::check {
namespace {

bool lacks(const ir::Endpoint& endpoint, ir::Family family) {
  return std::ranges::all_of(endpoint.pieces,
                             [&](const ir::Piece& piece) { return piece.addresses.of(family).empty(); });
}

std::string_view lacking(const ir::Endpoint& endpoint) {
  return lacks(endpoint, ir::Family::ipv6) ? "IPv6" : "IPv4";
}

bool network_has(const ir::Policy& policy, const ir::Endpoint& endpoint, ir::Family family) {
  return std::ranges::all_of(endpoint.pieces, [&](const ir::Piece& piece) {
    return !policy.networks[piece.network].addresses.of(family).empty();
  });
}

bool in_one(const ir::Policy& policy, const ir::Endpoint& own, const ir::Endpoint& peer) {
  if (peer.pieces.empty() || lacks(own, ir::Family::ipv4) || lacks(own, ir::Family::ipv6)) return false;
  return std::ranges::any_of(packet::families, [&](ir::Family family) {
    return lacks(peer, family) && network_has(policy, peer, family);
  });
}

}  // namespace

void flows_in_one_family(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  for (const ir::ZoneId id : policy.zones.ids()) {
    const ir::Zone& zone = policy.zones[id];
    if (!is_medical(zone)) continue;
    std::vector<const FlowFact*> found;
    for (const std::uint32_t position : context.flows_from(id)) {
      const FlowFact& fact = context.flow(position);
      if (in_one(policy, *fact.from, *fact.to)) found.push_back(&fact);
    }
    for (const std::uint32_t position : context.flows_to(id)) {
      const FlowFact& fact = context.flow(position);
      if (in_one(policy, *fact.to, *fact.from)) found.push_back(&fact);
    }
    if (found.empty()) continue;
    std::vector<diagnostics::Label> labels;
    for (const FlowFact* fact : found) {
      const bool outward = fact->from_zone == id;
      const ir::Endpoint& peer = outward ? *fact->to : *fact->from;
      if (labels.size() < 3)
        labels.push_back({outward ? fact->flow->to_range : fact->flow->from_range,
                          fmt::format("`{}` has no {} address", peer.label, lacking(peer))});
    }
    findings
        .raise(kind::flows_in_one_family, zone.name_range, element_of(zone), zone.name,
               counted(found.size(), "flow"))
        .labels(labels)
        .help("give the peer an address in the other family, or take that family off the devices' network")
        .emit();
  }
}

}  // namespace cordon::check
