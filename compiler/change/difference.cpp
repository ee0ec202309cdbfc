// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/difference.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "compiler/change/causes.h"

namespace cordon::change {
namespace {

using packet::Decided;
using packet::MatchRule;
using packet::PacketSet;
using packet::PacketSpace;

// Contents by number: two permits that say the same have one key, whichever policy they are of.
class Contents {
 public:
  using Key = std::array<std::uint32_t, 3>;
  [[nodiscard]] Key key(const MatchRule& rule) {
    return {set(rule.match.source), set(rule.match.destination), services(rule.match.services)};
  }

 private:
  std::uint32_t set(const packet::AddressSet* addresses) {
    const auto [known, fresh] = sets_.try_emplace(addresses, 0);
    if (fresh)
      known->second =
          set_ids_.try_emplace(*addresses, static_cast<std::uint32_t>(set_ids_.size())).first->second;
    return known->second;
  }
  std::uint32_t services(const packet::ServiceSet* terms) {
    const auto [known, fresh] = services_.try_emplace(terms, 0);
    if (fresh)
      known->second =
          service_ids_.try_emplace(*terms, static_cast<std::uint32_t>(service_ids_.size())).first->second;
    return known->second;
  }

  std::unordered_map<const packet::AddressSet*, std::uint32_t> sets_;
  std::unordered_map<const packet::ServiceSet*, std::uint32_t> services_;
  std::map<packet::AddressSet, std::uint32_t> set_ids_;
  std::map<packet::ServiceSet, std::uint32_t> service_ids_;
};

using Pair = std::pair<std::string, std::string>;

// The end of a cause in words: a zone, or the device that the flow names.
std::string end_name(const ir::Policy& policy, const Cause& cause, bool from) {
  const ir::ZoneId zone = from ? cause.from : cause.to;
  if (zone.valid()) return policy.zones[zone].name;
  const ir::Flow& flow = policy.flow(cause.flow);
  const ir::DeviceId device = policy.endpoints[from ? flow.from : flow.to].device;
  return device.valid() ? "device " + policy.devices[device].name : "no zone";
}

Pair pair_of(const ir::Policy& policy, const Cause& cause) {
  return {end_name(policy, cause, true), end_name(policy, cause, false)};
}

// The permits of one policy that the other does not have word for word, by pair.
using Changed = std::map<Pair, std::vector<std::size_t>>;

class Comparer {
 public:
  Comparer(const Intent& before, const Intent& after, const packet::Budget& budget)
      : before_(before), after_(after), space_(budget) {}

  Decided<Difference> run() {
    std::vector<Contents::Key> old_keys = keys(before_), new_keys = keys(after_);
    const Changed closed = changed(before_, old_keys, new_keys), opened = changed(after_, new_keys, old_keys);
    if (!opened.empty() || !closed.empty()) expect();
    if (auto failed = add(after_, opened, before_, true)) return Unexpected{*failed};
    if (auto failed = add(before_, closed, after_, false)) return Unexpected{*failed};
    Difference difference;
    difference.compared = compared();
    for (auto& [pair, found] : pairs_) difference.pairs.push_back(std::move(found));
    return difference;
  }

 private:
  std::vector<Contents::Key> keys(const Intent& intent) {
    std::vector<Contents::Key> all;
    for (const MatchRule& rule : intent.rules()) all.push_back(contents_.key(rule));
    return all;
  }

  static Changed changed(const Intent& intent, const std::vector<Contents::Key>& own,
                         std::vector<Contents::Key> others) {
    std::ranges::sort(others);
    Changed found;
    for (std::size_t rule = 0; rule < own.size(); ++rule) {
      if (!std::ranges::binary_search(others, own[rule]))
        found[pair_of(intent.policy(), intent.cause(rule))].push_back(rule);
    }
    return found;
  }

  void expect() { expect_addresses(space_, {before_.rules(), after_.rules()}); }

  // What the changed permits of one policy hold beyond the whole other one.
  std::optional<packet::Undecided> add(const Intent& intent, const Changed& changed, const Intent& other,
                                       bool opens) {
    if (changed.empty()) return std::nullopt;
    const auto all = space_.permitted(other.rules());
    if (!all) return all.error();
    for (const auto& [pair, rules] : changed) {
      std::vector<MatchRule> list;
      for (const std::size_t rule : rules) list.push_back(intent.rules()[rule]);
      const auto some = space_.permitted(list);
      if (!some) return some.error();
      const auto beyond = space_.subtract(*some, *all);
      if (!beyond) return beyond.error();
      if (*beyond == space_.empty()) continue;
      if (auto failed = record(intent, pair, rules, *beyond, opens)) return failed;
    }
    return std::nullopt;
  }

  std::optional<packet::Undecided> record(const Intent& intent, const Pair& pair,
                                          const std::vector<std::size_t>& rules, const PacketSet& beyond,
                                          bool opens) {
    auto cubes = space_.cover(beyond);
    if (!cubes) return cubes.error();
    PairDifference& difference = pairs_[pair];
    difference.from = pair.first;
    difference.to = pair.second;
    Side& side = opens ? difference.opened : difference.closed;
    side.cubes = std::move(*cubes);
    side.example = space_.witness(beyond);
    return add_causes(space_, beyond, intent, rules, side.causes);
  }

  [[nodiscard]] std::size_t compared() const {
    std::set<Pair> pairs;
    for (const Intent* intent : {&before_, &after_}) {
      for (const Cause& cause : intent->causes()) pairs.insert(pair_of(intent->policy(), cause));
    }
    return pairs.size();
  }

  const Intent& before_;
  const Intent& after_;
  PacketSpace space_;
  Contents contents_;
  std::map<Pair, PairDifference> pairs_;
};

}  // namespace

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::equal:
      return "equal";
    case Verdict::more_permissive:
      return "more permissive";
    case Verdict::less_permissive:
      return "less permissive";
    case Verdict::incomparable:
      return "incomparable";
  }
  return {};
}

Verdict verdict_of(bool opens, bool closes) {
  if (opens) return closes ? Verdict::incomparable : Verdict::more_permissive;
  return closes ? Verdict::less_permissive : Verdict::equal;
}

Verdict Difference::verdict() const {
  bool opens = false, closes = false;
  for (const PairDifference& pair : pairs) {
    opens = opens || !pair.opened.cubes.empty();
    closes = closes || !pair.closed.cubes.empty();
  }
  return verdict_of(opens, closes);
}

Decided<Difference> compare(const Intent& before, const Intent& after, const packet::Budget& budget) {
  return Comparer(before, after, budget).run();
}

}  // namespace cordon::change
