// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A conduit by which people from outside come in, or go on from the jump host to what care depends on,
// without an end.

#include <chrono>

#include "compiler/check/rules.h"

namespace cordon::check {
namespace {

bool is_remote_way(const ir::Zone& a, const ir::Zone& b) {
  return is_remote_access(a) && (is_outside(b) || is_care(b) || is_management(b));
}

}  // namespace

void remote_access_open_ended(const Context& context, Findings& findings) {
  for (const ir::Conduit& conduit : context.policy().conduits) {
    const ir::Zone& first = context.zone(conduit.first);
    const ir::Zone& second = context.zone(conduit.second);
    if (conduit.flows.empty() || !conduit.expires.empty()) continue;
    if (!is_remote_way(first, second) && !is_remote_way(second, first)) continue;
    findings.raise(kind::remote_access_open_ended, conduit.name_range, element_of(conduit), conduit.name)
        .label(conduit.between_range, "from outside, or on from the jump host")
        .help("say until when it is meant to exist: `expires: {}`",
              to_string(context.as_of() + std::chrono::days(365)))
        .emit();
  }
}

}  // namespace cordon::check
