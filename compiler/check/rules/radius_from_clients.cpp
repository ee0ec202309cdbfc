// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// RADIUS that others than network devices may open.
//
// Switches, access points and their controller ask it. A pump never does: its switch asks for it.

#include <algorithm>
#include <string>

#include "compiler/check/needs.h"
#include "compiler/check/rules.h"

namespace cordon::check {
namespace {

bool may_ask(const ir::Zone& zone, const ir::Endpoint& from) {
  if (is_management(zone) || is_infrastructure(zone)) return true;
  if (is_medical(zone) || is_untrusted(zone)) return false;
  return std::ranges::none_of(from.pieces, &ir::Piece::whole);  // named hosts: a controller, a VPN gateway
}

}  // namespace

void radius_from_clients(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  for (const FlowFact& fact : context.flows()) {
    if (!fact.from_zone.valid() || may_ask(context.zone(fact.from_zone), *fact.from)) continue;
    packet::ServiceSet radius = terms_about(*fact.services, Need::radius);
    if (radius.empty()) continue;
    const ir::Zone& zone = context.zone(fact.from_zone);
    const std::string services = service_text(radius);
    TrafficPart part = traffic_of(policy, fact);
    part.services = std::move(radius);
    findings
        .raise(kind::radius_from_clients, fact.flow->from_range, element_of(*fact.conduit), fact.from->label,
               services, fact.to->label)
        .here("{} of zone `{}`", is_medical(zone) ? "medical devices" : "stations", zone.name)
        .label(fact.flow->services_range, "for switches, access points and their controller alone")
        .traffic(std::move(part))
        .path({hop_of(policy, fact)})
        .help(
            "open it from `device:NAME` of each switch and from the wireless controller, and take it out "
            "here")
        .emit();
  }
}

}  // namespace cordon::check
