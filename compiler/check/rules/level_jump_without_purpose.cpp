// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A flow that lets a zone open connections into one two or more security levels above it, and does not say
// why. People from outside and guests are left to their own checks.

#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"

namespace cordon::check {
void level_jump_without_purpose(const Context& context, Findings& findings) {
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    if (!from.security_level || !to.security_level || is_untrusted(from) || has_purpose(fact)) return;
    if (*from.security_level + 2 > *to.security_level) return;
    raise_flow(context, findings, kind::level_jump_without_purpose, fact)
        .label(from.name_range, "security level {}", *from.security_level)
        .label(to.name_range, "security level {}", *to.security_level)
        .help("say why at the flow or its conduit (`purpose:`), or lead it through a zone between the two")
        .emit();
  });
}

}  // namespace cordon::check
