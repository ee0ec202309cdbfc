// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Ways of several steps from outside, from guests or from quarantine to a medical device that pass no jump
// host.
//
// A jump host (zone of type remote-access) is where a person is named, watched and logged, so a way through
// one is meant. A way around it is not. What goes out makes no way in: steps follow who opens connections to
// whom.

#include <vector>

#include "compiler/check/attack_ways.h"
#include "compiler/check/rules.h"

namespace cordon::check {
namespace {

// What holds out against people of the zone: jump hosts, and other zones that ways of their own start from.
std::vector<PartyId> closed_to(const Context& context, const ir::Zone& source) {
  return parties_of(context, [&](const ir::Zone& zone) {
    return is_remote_access(zone) || (is_untrusted(zone) && zone.name != source.name);
  });
}

}  // namespace

void pivot_to_device(const Context& context, Findings& findings) {
  const std::vector<PartyId> devices = parties_of(context, is_medical);
  if (devices.empty()) return;
  for (const ir::ZoneId id : context.policy().zones.ids()) {
    const ir::Zone& zone = context.zone(id);
    if (!is_untrusted(zone) || context.flows_from(id).empty()) continue;
    const auto way =
        find_attack_way(context, context.exposure().parties().of(id), devices, closed_to(context, zone));
    if (way) raise_way(context, findings, kind::pivot_to_device, id, *way);
  }
}

}  // namespace cordon::check
