// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/zone_flows.h"

#include <algorithm>

namespace cordon::check {

std::string type_text(const ir::Zone& zone) {
  return zone.type.empty() ? "of no type" : fmt::format("of type `{}`", zone.type);
}

FindingBuilder raise_flow(const Context& context, Findings& findings, const FlowKind& kind,
                          const FlowFact& fact) {
  const ir::Zone& from = context.zone(fact.from_zone);
  const ir::Zone& to = context.zone(fact.to_zone);
  return findings
      .raise(kind, fact.flow->from_range, element_of(*fact.conduit), from.name, service_text(*fact.services),
             to.name)
      .here("{}", type_text(from))
      .label(fact.flow->to_range, "{}", type_text(to))
      .traffic(traffic_of(context.policy(), fact))
      .path({hop_of(context.policy(), fact)});
}

bool holds_whole_network(const ir::Endpoint& endpoint) {
  return std::ranges::any_of(endpoint.pieces, &ir::Piece::whole);
}

bool holds_whole_outside(const ir::Policy& policy, const ir::Endpoint& endpoint) {
  return std::ranges::any_of(endpoint.pieces, [&](const ir::Piece& piece) {
    const ir::Network& network = policy.networks[piece.network];
    return piece.whole && (network.any_ipv4 || network.any_ipv6);
  });
}

}  // namespace cordon::check
