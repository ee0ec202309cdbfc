// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Servers of medical devices whose security level is below that of the devices: what commands a pump is
// protected less than the pump.

#include <map>

#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {
namespace {

// The flow that joins each zone of servers with the devices of the highest level.
std::map<ir::ZoneId, const FlowFact*> highest_devices(const Context& context) {
  std::map<ir::ZoneId, const FlowFact*> highest;
  const auto level_at = [&](const FlowFact& fact) {
    return *context.zone(is_medical(context.zone(fact.from_zone)) ? fact.from_zone : fact.to_zone)
                .security_level;
  };
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    const bool outward = is_medical(from) && is_clinical_server(to);
    const bool inward = is_clinical_server(from) && is_medical(to);
    if ((!outward && !inward) || !from.security_level || !to.security_level) return;
    const FlowFact*& found = highest[outward ? fact.to_zone : fact.from_zone];
    if (found == nullptr || level_at(*found) < level_at(fact)) found = &fact;
  });
  return highest;
}

}  // namespace

void server_level_too_low(const Context& context, Findings& findings) {
  for (const auto& [id, fact] : highest_devices(context)) {
    const ir::Zone& servers = context.zone(id);
    const ir::Zone& devices = context.zone(fact->from_zone == id ? fact->to_zone : fact->from_zone);
    if (*servers.security_level >= *devices.security_level) continue;
    findings
        .raise(kind::server_level_too_low, servers.name_range, element_of(servers), servers.name,
               unsigned{*servers.security_level}, devices.name, unsigned{*devices.security_level})
        .label(devices.name_range, "devices")
        .label(fact->flow->range, "they trust the servers here")
        .help("raise `security-level` of `{}` to {}", servers.name, *devices.security_level)
        .emit();
  }
}

}  // namespace cordon::check
