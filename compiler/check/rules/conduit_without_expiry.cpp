// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Ways from outside that miss the jump host, and that nobody has to think of again: from a vendor to
// anywhere, and from outside to what care depends on. Those of the jump host itself are
// `remote_access_open_ended`.

#include <chrono>

#include "compiler/check/rules.h"

namespace cordon::check {
namespace {

// The zone outside that is joined to the other one past the jump host; null: it is not.
const ir::Zone* joined_to(const ir::Zone& zone, const ir::Zone& other) {
  if (!is_outside(zone) || is_outside(other)) return nullptr;
  const bool by_jump_host = is_remote_access(other);
  return is_care(other) || (is_vendor(zone) && !by_jump_host) ? &zone : nullptr;
}

}  // namespace

void conduit_without_expiry(const Context& context, Findings& findings) {
  for (const ir::Conduit& conduit : context.policy().conduits) {
    if (!conduit.expires.empty() || conduit.flows.empty()) continue;
    const ir::Zone* stranger = joined_to(context.zone(conduit.first), context.zone(conduit.second));
    if (stranger == nullptr) stranger = joined_to(context.zone(conduit.second), context.zone(conduit.first));
    if (stranger == nullptr) continue;
    findings.raise(kind::conduit_without_expiry, conduit.name_range, element_of(conduit), conduit.name)
        .label(stranger->name_range, "a zone of type `{}`", stranger->type)
        .help("say until when it is needed: `expires: {}`",
              to_string(context.as_of() + std::chrono::days(365)))
        .emit();
  }
}

}  // namespace cordon::check
