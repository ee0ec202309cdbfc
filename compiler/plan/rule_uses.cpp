// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/plan/rule_uses.h"

#include <utility>

namespace cordon::plan {

const std::vector<packet::LineUse>* RuleUses::of(config::FilterId filter) {
  const std::vector<config::Rule>& rules = device_.filters[filter].rules;
  const auto [entry, added] = known_.try_emplace(filter);
  Known& known = entry->second;
  if (added || known.rules != rules) {
    if (!space_) expect_addresses();
    std::vector<packet::MatchRule> matches;
    matches.reserve(rules.size());
    for (const config::Rule& rule : rules) matches.push_back(to_match(device_, rule));
    auto uses = space_->analyze(matches);
    known.rules = rules;
    known.uses = uses ? std::optional(std::move(*uses)) : std::nullopt;
  }
  return known.uses ? &*known.uses : nullptr;
}

void RuleUses::expect_addresses() {
  std::vector<const packet::AddressSet*> sets;
  for (const config::NamedAddressSet& named : device_.addresses) sets.push_back(&named.addresses);
  space_.emplace().expect(sets);
}

}  // namespace cordon::plan
