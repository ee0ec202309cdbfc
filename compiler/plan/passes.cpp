// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/plan/passes.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "compiler/base/check.h"
#include "compiler/packet/packet_set.h"
#include "compiler/plan/rule_uses.h"
#include "compiler/plan/set_table.h"

namespace cordon::plan {
namespace {

using config::Device;
using config::Filter;
using packet::MatchRule;

constexpr Pass all_passes[] = {
    {"drop-shadowed", "rules that no packet reaches are left out", drop_shadowed},
    {"drop-implied", "rules that a later rule makes superfluous are left out", drop_implied},
    {"merge-services", "rules that differ in their services become one, where that saves lines",
     merge_services},
    {"merge-destinations", "rules that differ in their destinations become one, where that saves lines",
     merge_destinations},
    {"merge-sources", "rules that differ in their sources become one, where that saves lines", merge_sources},
    {"replies-first", "on filters without memory, replies are looked for before new connections",
     replies_first},
};

#ifdef CORDON_COMPARES_PASSES
// A list that permits what a filter logs. Which later fragments a rule matches depends on its action, so
// rules are taken apart until it does not.
class LoggedRules {
 public:
  LoggedRules(const Device& device, const Filter& filter) {
    for (const config::Rule& rule : filter.rules) add(to_match(device, rule), rule.log);
  }
  [[nodiscard]] const std::vector<MatchRule>& rules() const { return rules_; }

 private:
  void add(const MatchRule& rule, bool logged) {
    packet::ServiceSet whole, detailed, protocols;
    for (const packet::ServiceTerm& term : *rule.match.services) {
      packet::ServiceTerm plain;
      plain.protocol = term.protocol;
      (term == plain ? whole : detailed).push_back(term);
      if (term != plain && rule.action == packet::Action::permit) protocols.push_back(plain);
    }
    add(rule, std::move(whole), packet::any_fragment, logged);
    add(rule, std::move(detailed), static_cast<std::uint8_t>(packet::Fragment::first_or_whole), logged);
    add(rule, std::move(protocols), static_cast<std::uint8_t>(packet::Fragment::later), logged);
  }

  void add(MatchRule rule, packet::ServiceSet services, std::uint8_t fragments, bool logged) {
    rule.match.fragments &= fragments;
    if (services.empty() || rule.match.fragments == 0) return;
    rule.match.services = &services_.emplace_back(packet::normalize(std::move(services)));
    rule.action = logged ? packet::Action::permit : packet::Action::deny;
    rules_.push_back(rule);
  }

  std::deque<packet::ServiceSet> services_;
  std::vector<MatchRule> rules_;
};

std::vector<MatchRule> rules_of(const Device& device, const Filter& filter) {
  std::vector<MatchRule> rules;
  for (const config::Rule& rule : filter.rules) rules.push_back(to_match(device, rule));
  return rules;
}

bool equal(const std::vector<MatchRule>& first, const std::vector<MatchRule>& second) {
  const auto answer = packet::compare(first, second);
  return answer && answer->equal();
}

bool same(const Device& before, const Device& after) {
  return std::ranges::all_of(before.filters.ids(), [&](config::FilterId id) {
    const Filter& first = before.filters[id];
    const Filter& second = after.filters[id];
    return equal(rules_of(before, first), rules_of(after, second)) &&
           equal(LoggedRules(before, first).rules(), LoggedRules(after, second).rules());
  });
}

void run(const Pass& pass, Device& device, RuleUses& uses) {
  const Device before = device;
  pass.run(device, uses);
  CORDON_CHECK(same(before, device));
}
#else
void run(const Pass& pass, Device& device, RuleUses& uses) { pass.run(device, uses); }
#endif

}  // namespace

std::span<const Pass> passes() { return all_passes; }

const Pass* find_pass(std::string_view name) {
  const auto* const found = std::ranges::find(all_passes, name, &Pass::name);
  return found == std::end(all_passes) ? nullptr : found;
}

void optimise(Device& device, std::span<const Pass* const> chosen) {
  RuleUses uses(device);
  for (const Pass* pass : chosen) run(*pass, device, uses);
  if (!chosen.empty()) renumber(device);
}

}  // namespace cordon::plan
