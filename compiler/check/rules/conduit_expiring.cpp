// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A conduit that ends soon, told beforehand.

#include <cstddef>
#include <string>

#include "compiler/check/rules.h"
#include "compiler/check/wording.h"

namespace cordon::check {

void conduit_expiring(const Context& context, Findings& findings) {
  for (const ir::Conduit& conduit : context.policy().conduits) {
    const auto end = parse_date(conduit.expires);
    if (!end || *end < context.as_of()) continue;
    const auto left = static_cast<std::size_t>(days_between(context.as_of(), *end));
    if (left > context.settings().warning_days) continue;
    findings
        .raise(kind::conduit_expiring, conduit.expires_range, element_of(conduit), conduit.name,
               counted(left, "day"))
        .help("ask {} whether it is still needed; then write a new day, or plan to take it out",
              conduit.owner.empty() ? "its users" : '`' + conduit.owner + '`')
        .emit();
  }
}

}  // namespace cordon::check
