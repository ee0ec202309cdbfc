// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow from a medical device to a zone that holds neither its server nor names and time: databases,
// pharmacy, offices. Those with a check of their own are left to it.

#include <utility>

#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {
void device_opens_to_stranger(const Context& context, Findings& findings) {
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    if (!is_medical(from)) return;
    if (!is_stranger_to_devices(to) && !is_business(to) && !is_biomedical(to) && !is_remote_access(to))
      return;
    if (is_infrastructure(to) || is_management(to)) return;
    FindingBuilder builder = raise_flow(context, findings, kind::device_opens_to_stranger, fact);
    if (holds_any(context.policy(), to)) {
      builder.note("zone `{}` is of type `{}`, but holds the internet: CD3107 is about that, and comes first",
                   to.name, to.type);
      builder.help(
          "let the device talk to its server in a zone of type `clinical-server`, and the server to the "
          "maker's "
          "addresses only: `to: [203.0.113.9]` with theirs, not `to: {}`",
          to.name);
    } else {
      builder.help(
          "let the device talk to its server in a zone of type `clinical-server`, and the server to what of "
          "zone "
          "`{}` it needs",
          to.name);
    }
    std::move(builder).emit();
  });
}

}  // namespace cordon::check
