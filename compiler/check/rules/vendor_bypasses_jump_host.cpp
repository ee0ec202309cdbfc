// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Ways of several steps from a vendor to servers, databases or management that pass no jump host. A way that
// goes on to a medical device is left to pivot_to_device.

#include <vector>

#include "compiler/check/attack_ways.h"
#include "compiler/check/rules.h"

namespace cordon::check {
namespace {

bool is_watched(const ir::Zone& zone) {
  return is_clinical_server(zone) || is_database(zone) || is_management(zone);
}

}  // namespace

void vendor_bypasses_jump_host(const Context& context, Findings& findings) {
  const std::vector<PartyId> devices = parties_of(context, is_medical);
  const std::vector<PartyId> servers = parties_of(context, is_watched);
  for (const ir::ZoneId id : context.policy().zones.ids()) {
    const ir::Zone& source = context.zone(id);
    if (!is_vendor(source) || context.flows_from(id).empty()) continue;
    const std::vector<PartyId> closed = parties_of(context, [&](const ir::Zone& zone) {
      return is_remote_access(zone) || (is_untrusted(zone) && zone.name != source.name);
    });
    const std::vector<PartyId>& from = context.exposure().parties().of(id);
    if (find_attack_way(context, from, devices, closed)) continue;
    const auto way = find_attack_way(context, from, servers, closed);
    if (way) raise_way(context, findings, kind::vendor_bypasses_jump_host, id, *way);
  }
}

}  // namespace cordon::check
