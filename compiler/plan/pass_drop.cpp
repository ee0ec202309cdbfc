// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Rules that do nothing are left out. Which ones those are, the packet-set engine says for a whole list at
// once.
//
// A rule that is reached but not needed may still be what makes another one superfluous. So it goes only
// where one later rule, which stays, decides alike about all that it matches, and no rule between the two
// decides otherwise about any of it.

#include <vector>

#include "compiler/packet/packet_set.h"
#include "compiler/plan/passes.h"
#include "compiler/plan/rule_uses.h"

namespace cordon::plan {
namespace {

using config::Device;
using config::Filter;
using config::Role;
using config::Rule;
using packet::LineUse;

// Comparisons of one rule with another in one filter: beyond that, superfluous rules may stay.
constexpr std::size_t most_comparisons = 20'000'000;

// Keeps the rules that are marked.
void keep(Filter& filter, const std::vector<bool>& kept) {
  std::size_t to = 0;
  for (std::size_t from = 0; from < filter.rules.size(); ++from) {
    if (kept[from]) filter.rules[to++] = filter.rules[from];
  }
  filter.rules.resize(to);
}

class Implied {
 public:
  Implied(const Device& device, const Filter& filter, const std::vector<LineUse>& uses)
      : device_(device), rules_(filter.rules), uses_(uses), kept_(rules_.size(), true) {}

  // From the end, so that what stays after a rule is settled when the rule's turn comes.
  std::vector<bool> run() {
    for (std::size_t i = rules_.size(); i-- > 0;) {
      if (!stays(rules_[i].role) && !uses_[i].needed) kept_[i] = !implied(i);
    }
    return std::move(kept_);
  }

 private:
  // The last word of a filter, and what auditors look for by itself although the last word says it too.
  [[nodiscard]] static bool stays(Role role) {
    return role == Role::default_deny || role == Role::anti_spoofing;
  }

  [[nodiscard]] bool implied(std::size_t i) {
    for (std::size_t later = i + 1; later < rules_.size(); ++later) {
      if (!kept_[later]) continue;
      if (++comparisons_ > most_comparisons) return false;
      const bool alike = rules_[i].action == rules_[later].action && rules_[i].log == rules_[later].log;
      if (alike && covers(rules_[later], rules_[i])) return true;
      if (!alike && meets(rules_[later], rules_[i])) return false;
    }
    return false;
  }

  [[nodiscard]] const packet::AddressSet& set(config::AddressSetId id) const {
    return device_.addresses[id].addresses;
  }
  [[nodiscard]] const packet::ServiceSet& services(const Rule& rule) const {
    return device_.services[rule.services].terms;
  }

  [[nodiscard]] bool covers(const Rule& wide, const Rule& narrow) const {
    return wide.family == narrow.family && (narrow.states & ~wide.states) == 0 &&
           wide.fragments == narrow.fragments && is_subset(set(narrow.source), set(wide.source)) &&
           is_subset(set(narrow.destination), set(wide.destination)) && holds(wide, narrow);
  }

  // Whether the services of the first contain those of the second, as far as single terms show it.
  [[nodiscard]] bool holds(const Rule& wide, const Rule& narrow) const {
    if (wide.services == narrow.services) return true;
    packet::ServiceSet both = services(wide);
    both.insert(both.end(), services(narrow).begin(), services(narrow).end());
    return packet::normalize(std::move(both)) == packet::normalize(services(wide));
  }

  [[nodiscard]] bool meets(const Rule& a, const Rule& b) const {
    return a.family == b.family && intersects(set(a.source), set(b.source)) &&
           intersects(set(a.destination), set(b.destination));
  }

  const Device& device_;
  const std::vector<Rule>& rules_;
  const std::vector<LineUse>& uses_;
  std::vector<bool> kept_;
  std::size_t comparisons_ = 0;
};

}  // namespace

void drop_shadowed(Device& device, RuleUses& uses) {
  for (const config::FilterId id : device.filters.ids()) {
    const std::vector<LineUse>* found = uses.of(id);
    if (found == nullptr) continue;
    Filter& filter = device.filters[id];
    std::vector<bool> kept(filter.rules.size());
    for (std::size_t i = 0; i < kept.size(); ++i)
      kept[i] = (*found)[i].hit || filter.rules[i].role == Role::default_deny;
    keep(filter, kept);
  }
}

void drop_implied(Device& device, RuleUses& uses) {
  for (const config::FilterId id : device.filters.ids()) {
    const std::vector<LineUse>* found = uses.of(id);
    if (found != nullptr) keep(device.filters[id], Implied(device, device.filters[id], *found).run());
  }
}

}  // namespace cordon::plan
