// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow from guests to anything but the internet. Devices are left to outside_opens_to_device, management to
// management_plane_exposed.

#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {
void guest_opens_inside(const Context& context, Findings& findings) {
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    if (!is_guest(from) || !is_inside(to) || is_medical(to) || is_management(to)) return;
    raise_flow(context, findings, kind::guest_opens_inside, fact)
        .help(
            "let guests reach zones of type `external` only; a portal or name server for them stands in a "
            "zone of type `dmz`")
        .emit();
  });
}

}  // namespace cordon::check
