// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A conduit that was to be gone by today. Its flows are still compiled: a date never closes a flow.

#include <cstddef>
#include <string>

#include "compiler/check/rules.h"
#include "compiler/check/wording.h"

namespace cordon::check {
namespace {

std::string what_is_left(const ir::Conduit& conduit) {
  if (conduit.flows.empty()) return "it has no flow any more";
  return conduit.flows.size() == 1 ? "its flow is still compiled" : "its flows are still compiled";
}

std::string way_out(const ir::Conduit& conduit) {
  if (conduit.flows.empty()) return "take the conduit out";
  return fmt::format("ask {} whether it is still needed; then take the conduit out, or write a new day",
                     conduit.owner.empty() ? "its users" : '`' + conduit.owner + '`');
}

}  // namespace

void conduit_expired(const Context& context, Findings& findings) {
  for (const ir::Conduit& conduit : context.policy().conduits) {
    const auto end = parse_date(conduit.expires);
    if (!end || *end >= context.as_of()) continue;
    findings
        .raise(kind::conduit_expired, conduit.expires_range, element_of(conduit), conduit.name,
               conduit.expires)
        .here("{} ago; {}", counted(static_cast<std::size_t>(days_between(*end, context.as_of())), "day"),
              what_is_left(conduit))
        .help("{}", way_out(conduit))
        .emit();
  }
}

}  // namespace cordon::check
