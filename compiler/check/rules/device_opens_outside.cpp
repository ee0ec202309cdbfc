// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow from a medical device to the internet, a vendor, guests or quarantine.

#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {
void device_opens_outside(const Context& context, Findings& findings) {
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    if (!is_medical(from) || !is_untrusted(to)) return;
    raise_flow(context, findings, kind::device_opens_outside, fact)
        .help(
            "take the flow out; what the maker's cloud needs goes through the devices' server, which is let "
            "out to the addresses that the maker names")
        .emit();
  });
}

}  // namespace cordon::check
