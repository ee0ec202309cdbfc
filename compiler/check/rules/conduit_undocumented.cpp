// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Conduits that do not say why they exist, or that nobody answers for.
//
// The owner of either zone answers for a conduit that names nobody. A module cannot
// know who that is, so of its conduits only the zones are asked.

#include <algorithm>
#include <string>
#include <vector>

#include "compiler/check/rules.h"
#include "compiler/check/upkeep.h"
#include "compiler/check/wording.h"

namespace cordon::check {
namespace {

bool has_purpose(const ir::Conduit& conduit) {
  if (!conduit.purpose.empty()) return true;
  return !conduit.flows.empty() &&
         std::ranges::none_of(conduit.flows, [](const ir::Flow& flow) { return flow.purpose.empty(); });
}

}  // namespace

void conduit_undocumented(const Context& context, Findings& findings) {
  for (const ir::Conduit& conduit : context.policy().conduits) {
    std::vector<std::string> missing;
    if (!has_purpose(conduit)) missing.emplace_back("no purpose");
    if (conduit.owner.empty() && !is_of_module(conduit) && context.zone(conduit.first).owner.empty() &&
        context.zone(conduit.second).owner.empty())
      missing.emplace_back("no owner");
    if (missing.empty()) continue;
    findings
        .raise(kind::conduit_undocumented, conduit.name_range, element_of(conduit), conduit.name,
               joined(missing))
        .help("write `purpose:` and `owner:` on the conduit; the `owner:` of one of its zones does as well")
        .emit();
  }
}

}  // namespace cordon::check
