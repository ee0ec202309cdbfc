// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow from devices, offices, guests or outside to the management of the network: a zone of type
// management, or a network device itself. Names, time, addresses and ICMP from a gateway are no management.

#include <string>

#include "compiler/check/known_services.h"
#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {
namespace {

bool is_kept_out(const ir::Zone& zone) { return is_medical(zone) || is_untrusted(zone) || is_business(zone); }

}  // namespace

void management_plane_exposed(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  for (const FlowFact& fact : context.flows()) {
    if (!fact.from_zone.valid() || !is_kept_out(context.zone(fact.from_zone))) continue;
    const bool device = fact.to->device.valid();
    if (!device && !is_management(context.zone(fact.to_zone))) continue;
    if (device && beyond_housekeeping(*fact.services).empty()) continue;
    const std::string target = device ? fmt::format("device `{}`", policy.devices[fact.to->device].name)
                                      : fmt::format("zone `{}`", context.zone(fact.to_zone).name);
    const ir::Zone& from = context.zone(fact.from_zone);
    findings
        .raise(kind::management_plane_exposed, fact.flow->from_range, element_of(*fact.conduit), from.name,
               service_text(*fact.services), target)
        .here("{}", type_text(from))
        .label(fact.flow->to_range, "manages the network")
        .traffic(traffic_of(policy, fact))
        .path({hop_of(policy, fact)})
        .help("log in to network devices from a zone of type `management` only")
        .emit();
  }
}

}  // namespace cordon::check
