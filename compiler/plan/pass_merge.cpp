// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Rules that differ in one field only become one rule over the union, when they stand in one stretch of rules
// that decide, log and match alike but for addresses and services: there, order means nothing.
//
// A union that is new to the device costs lines of its own, one for each member and one for its name. So all
// places where a union would serve are found first, and it is made only when it saves more than it costs.

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "compiler/plan/passes.h"
#include "compiler/plan/set_table.h"

namespace cordon::plan {
namespace {

using config::AddressSetId;
using config::Device;
using config::Filter;
using config::OriginId;
using config::Rule;
using config::ServiceSetId;

constexpr std::size_t longest_label =
    60;  // of a union; beyond that its first member is named and the rest counted

bool alike(const Rule& a, const Rule& b) {
  return a.action == b.action && a.family == b.family && a.role == b.role && a.log == b.log &&
         a.states == b.states && a.fragments == b.fragments;
}

// `pump-telemetry/7` as its conduit and its number; other labels have no number.
std::pair<std::string_view, std::string_view> split(std::string_view label) {
  const std::size_t slash = label.rfind('/');
  if (slash == std::string_view::npos) return {label, {}};
  return {label.substr(0, slash), label.substr(slash + 1)};
}

bool of_one_conduit(std::string_view a, std::string_view b) {
  return a == b || (split(a).first == split(b).first && !split(a).second.empty() && !split(b).second.empty());
}

// `pump-telemetry/7,12`, or the labels one after the other.
std::string joined(const std::set<std::string>& labels) {
  const std::string& first = *labels.begin();
  const bool one_conduit =
      std::ranges::all_of(labels, [&](const std::string& label) { return of_one_conduit(first, label); });
  std::string text;
  for (const std::string& label : labels)
    text += text.empty() ? label : fmt::format(",{}", one_conduit ? split(label).second : label);
  if (text.size() <= longest_label) return text;
  return fmt::format("{},{}-more", first, labels.size() - 1);
}

// How the three fields are read, joined and written.
struct Services {
  using SetId = ServiceSetId;
  using Set = packet::ServiceSet;
  static SetId& of(Rule& rule) { return rule.services; }
  static std::pair<std::uint32_t, std::uint32_t> others(const Rule& rule) {
    return {rule.source.value, rule.destination.value};
  }
  static const config::NamedServiceSet& named(const Device& device, SetId id) { return device.services[id]; }
  static const Set& set(const config::NamedServiceSet& named) { return named.terms; }
  static Set unite(const std::vector<const Set*>& sets) {
    Set all;
    for (const Set* set : sets) all.insert(all.end(), set->begin(), set->end());
    return packet::normalize(std::move(all));
  }
  static std::size_t lines(const Set& set) { return set.size(); }
  static SetId add(SetTable& table, const Set& set, const std::string& label) {
    return table.services(set, label);
  }
};

struct Addresses {
  using SetId = AddressSetId;
  using Set = packet::AddressSet;
  static const config::NamedAddressSet& named(const Device& device, SetId id) { return device.addresses[id]; }
  static const Set& set(const config::NamedAddressSet& named) { return named.addresses; }
  static Set unite(const std::vector<const Set*>& sets) {
    std::vector<packet::AddressRange> all;
    for (const Set* set : sets) all.insert(all.end(), set->ranges().begin(), set->ranges().end());
    return {sets.front()->family(), std::move(all)};
  }
  static std::size_t lines(const Set& set) { return set.prefixes().size(); }
  static SetId add(SetTable& table, const Set& set, const std::string& label) {
    return table.addresses(set, label);
  }
};
struct Destinations : Addresses {
  static SetId& of(Rule& rule) { return rule.destination; }
  static std::pair<std::uint32_t, std::uint32_t> others(const Rule& rule) {
    return {rule.source.value, rule.services.value};
  }
};
struct Sources : Addresses {
  static SetId& of(Rule& rule) { return rule.source; }
  static std::pair<std::uint32_t, std::uint32_t> others(const Rule& rule) {
    return {rule.destination.value, rule.services.value};
  }
};

template <class Field>
class Merger {
 public:
  explicit Merger(Device& device) : device_(device), table_(device) {
    for (const config::JointOrigin& joint : device.joint_origins) parts_.emplace(joint.origin, joint.parts);
  }

  void run() {
    for (Filter& filter : device_.filters) find_groups(filter);
    std::set<Filter*> changed;
    for (auto& [ids, groups] : groups_) {
      if (!pays(ids, groups)) continue;
      for (Group& group : groups) {
        merge(ids, group);
        changed.insert(group.filter);
      }
    }
    for (Filter* filter : changed)
      std::erase_if(filter->rules, [](const Rule& rule) { return !rule.services.valid(); });
  }

 private:
  using Ids = std::vector<typename Field::SetId>;  // ascending, each once
  struct Group {
    Filter* filter = nullptr;
    std::vector<std::size_t> rules;  // ascending
  };

  void find_groups(Filter& filter) {
    for (std::size_t begin = 0, end = 0; begin < filter.rules.size(); begin = end) {
      std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::size_t>> by_others;
      for (end = begin; end < filter.rules.size() && alike(filter.rules[begin], filter.rules[end]); ++end)
        by_others[Field::others(filter.rules[end])].push_back(end);
      for (auto& [others, rules] : by_others) {
        if (rules.size() > 1) add_group({&filter, std::move(rules)});
      }
    }
  }

  void add_group(Group group) {
    Ids ids;
    for (const std::size_t rule : group.rules) ids.push_back(Field::of(group.filter->rules[rule]));
    std::ranges::sort(ids);
    ids.erase(std::ranges::unique(ids).begin(), ids.end());
    groups_[std::move(ids)].push_back(std::move(group));
  }

  [[nodiscard]] typename Field::Set united(const Ids& ids) const {
    std::vector<const typename Field::Set*> sets;
    for (const auto id : ids) sets.push_back(&Field::set(Field::named(device_, id)));
    return Field::unite(sets);
  }

  [[nodiscard]] bool pays(const Ids& ids, const std::vector<Group>& groups) const {
    std::ptrdiff_t saved = 0;
    for (const Group& group : groups) saved += lines_saved(group);
    const auto lines = static_cast<std::ptrdiff_t>(Field::lines(united(ids)));
    return saved > (lines == 1 ? 0 : lines + 1);
  }

  // Rules of a conduit that follow each other are written with one remark. So a rule that joins those of
  // another conduit in the middle of such a run costs remarks. One that stood alone takes its own along,
  // unless it shared that with others which stand alone.
  [[nodiscard]] std::ptrdiff_t lines_saved(const Group& group) const {
    const std::vector<Rule>& rules = group.filter->rules;
    const std::size_t first = group.rules.front();
    const std::ptrdiff_t neighbours_of_first = neighbours(rules, first);
    std::ptrdiff_t saved = 0;
    bool joins = false;
    for (const std::size_t rule : group.rules) {
      if (rule == first) continue;
      saved += neighbours(rules, rule) == 0 && !shares_remark(rules, rule) ? 2 : 1;
      joins = joins || !of_one_conduit(label_of(rules[first]), label_of(rules[rule]));
    }
    return joins ? saved - neighbours_of_first : saved;
  }

  // How many of the rules beside it are of its conduit.
  [[nodiscard]] std::ptrdiff_t neighbours(const std::vector<Rule>& rules, std::size_t rule) const {
    return std::ranges::count_if(std::array{rule - 1, rule + 1}, [&](std::size_t other) {
      return other < rules.size() && of_one_conduit(label_of(rules[rule]), label_of(rules[other]));
    });
  }

  [[nodiscard]] bool shares_remark(const std::vector<Rule>& rules, std::size_t rule) const {
    if (rules[rule].role != config::Role::flow && rules[rule].role != config::Role::reply) return false;
    return std::ranges::any_of(std::array{rule - 1, rule + 1}, [&](std::size_t other) {
      return other < rules.size() && rules[other].role == rules[rule].role && neighbours(rules, other) == 0;
    });
  }

  [[nodiscard]] std::string_view label_of(const Rule& rule) const {
    return rule.origin.valid() ? std::string_view(device_.origins[rule.origin].label) : std::string_view();
  }

  void merge(const Ids& ids, const Group& group) {
    std::set<std::string> labels;
    for (const auto id : ids) labels.insert(Field::named(device_, id).label);
    std::vector<Rule>& rules = group.filter->rules;
    Rule& first = rules[group.rules.front()];
    Field::of(first) = Field::add(table_, united(ids), joined(labels));
    first.origin = joint(rules, group.rules);
    for (std::size_t i = 1; i < group.rules.size(); ++i) rules[group.rules[i]].services = {};
  }

  OriginId joint(const std::vector<Rule>& rules, const std::vector<std::size_t>& indices) {
    std::set<OriginId> parts;
    for (const std::size_t index : indices) add_parts(rules[index].origin, parts);
    if (parts.empty()) return {};
    if (parts.size() == 1) return *parts.begin();
    const auto [known, made] = joints_.try_emplace(parts);
    if (!made) return known->second;
    std::set<std::string> labels;
    for (const OriginId part : parts) labels.insert(device_.origins[part].label);
    const config::Origin& first = device_.origins[*parts.begin()];
    const OriginId origin =
        device_.origins.push_back({.label = joined(labels), .note = first.note, .range = first.range});
    device_.joint_origins.push_back({origin, {parts.begin(), parts.end()}});
    parts_.emplace(origin, device_.joint_origins.back().parts);
    return known->second = origin;
  }

  void add_parts(OriginId origin, std::set<OriginId>& parts) const {
    if (const auto known = parts_.find(origin); known != parts_.end()) {
      parts.insert(known->second.begin(), known->second.end());
    } else if (origin.valid()) {
      parts.insert(origin);
    }
  }

  Device& device_;
  SetTable table_;
  std::map<Ids, std::vector<Group>> groups_;
  std::map<std::set<OriginId>, OriginId> joints_;
  std::map<OriginId, std::vector<OriginId>> parts_;  // of joint origins
};

}  // namespace

void merge_services(Device& device, RuleUses& /*uses*/) { Merger<Services>(device).run(); }
void merge_destinations(Device& device, RuleUses& /*uses*/) { Merger<Destinations>(device).run(); }
void merge_sources(Device& device, RuleUses& /*uses*/) { Merger<Sources>(device).run(); }

}  // namespace cordon::plan
