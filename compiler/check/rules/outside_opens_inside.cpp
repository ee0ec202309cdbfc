// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow from the internet or a vendor that ends neither at a jump host nor in a DMZ. Devices are left to
// outside_opens_to_device, management to management_plane_exposed.

#include "compiler/check/rules.h"
#include "compiler/check/suggestions.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {
void outside_opens_inside(const Context& context, Findings& findings) {
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    if (!is_outside(from) || !is_inside(to) || is_medical(to) || is_management(to)) return;
    if (is_remote_access(to)) return;
    raise_flow(context, findings, kind::outside_opens_inside, fact)
        .help("people: end the flow at {}, and write a second flow from there to zone `{}`; {}",
              jump_host_text(context), to.name, remote_access_text(context))
        .help("services: end it in a zone of type `dmz`, and let that ask zone `{}`", to.name)
        .emit();
  });
}

}  // namespace cordon::check
