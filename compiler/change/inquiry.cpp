// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/inquiry.h"

#include <algorithm>

#include "compiler/change/deciding.h"
#include "compiler/change/near_rules.h"

namespace cordon::change {

using packet::MatchRule;
using packet::PacketSet;

Inquiry::Inquiry(const Intent& intent, const ir::FlowSet& question, const packet::Budget& budget)
    : intent_(intent), question_(question), space_(budget), space_asked_(question) {
  asked_ = set(space_asked_.rules());
  for (const std::size_t rule : rules_among(space_asked_)) {
    if (meet(*asked_, set({&intent.rules()[rule], 1}))) opening_.push_back(rule);
  }
  allowed_ = both(*asked_, permitted(space_asked_));
  denied_ = minus(*asked_, *allowed_);
}

PacketSet Inquiry::set(std::span<const MatchRule> rules) { return value(space_.permitted(rules)); }
PacketSet Inquiry::both(const PacketSet& a, const PacketSet& b) { return value(space_.intersect(a, b)); }
PacketSet Inquiry::minus(const PacketSet& a, const PacketSet& b) { return value(space_.subtract(a, b)); }

Part Inquiry::part(const PacketSet& set) { return {.cubes = cubes(set), .example = space_.witness(set)}; }
std::vector<packet::Cube> Inquiry::cubes(const PacketSet& set) { return value(space_.cover(set)); }

// By addresses only: what shares none of them plays no part.
std::vector<std::size_t> Inquiry::rules_among(const Space& among) const {
  std::vector<std::size_t> found;
  for (std::size_t rule = 0; rule < intent_.rules().size(); ++rule) {
    const packet::Match& match = intent_.rules()[rule].match;
    const bool meets = std::ranges::any_of(
        among.rules(), [&](const MatchRule& other) { return share_addresses(match, other.match); });
    if (meets) found.push_back(rule);
  }
  return found;
}

PacketSet Inquiry::permitted(const Space& among, std::span<const std::size_t> left_out) {
  std::vector<MatchRule> rules;
  for (const std::size_t rule : rules_among(among)) {
    if (std::ranges::find(left_out, rule) == left_out.end()) rules.push_back(intent_.rules()[rule]);
  }
  return set(rules);
}

}  // namespace cordon::change
