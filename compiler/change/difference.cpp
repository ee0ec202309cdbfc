// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/difference.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "compiler/change/causes.h"
#include "compiler/packet/hash_index.h"

namespace cordon::change {
namespace {

using packet::Decided;
using packet::Family;
using packet::MatchRule;
using packet::PacketSet;
using packet::PacketSpace;

// Contents by number: two permits that say the same have one number, whichever policy they are of.
class Contents {
 public:
  [[nodiscard]] std::uint32_t number(const MatchRule& rule) {
    const Content content{set(rule.match.source), set(rule.match.destination), services(rule.match.services)};
    const std::uint32_t hash = packet::hash_of(0, content);
    const std::uint32_t known =
        index_.find(hash, [&](std::uint32_t other) { return contents_[other] == content; });
    if (known != packet::HashIndex::none) return known;
    contents_.push_back(content);
    const auto fresh = static_cast<std::uint32_t>(contents_.size() - 1);
    index_.insert(hash, fresh);
    return fresh;
  }
  [[nodiscard]] std::size_t size() const { return contents_.size(); }

 private:
  using Content = std::array<std::uint32_t, 3>;

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
  std::vector<Content> contents_;
  packet::HashIndex index_;
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

// Which address sets, known by where they lie, have addresses in common with a few others.
class Touching {
 public:
  template <class Member>
  Touching(const std::vector<MatchRule>& rules, Member member) {
    std::unordered_set<const packet::AddressSet*> seen;
    std::vector<packet::AddressRange> v4, v6;
    for (const MatchRule& rule : rules) {
      const packet::AddressSet* set = rule.match.*member;
      if (!seen.insert(set).second) continue;
      auto& all = set->family() == Family::ipv4 ? v4 : v6;
      all.insert(all.end(), set->ranges().begin(), set->ranges().end());
    }
    v4_ = packet::AddressSet(Family::ipv4, std::move(v4));
    v6_ = packet::AddressSet(Family::ipv6, std::move(v6));
  }
  [[nodiscard]] bool meets(const packet::AddressSet* set) {
    const auto [known, fresh] = known_.try_emplace(set, false);
    if (fresh) known->second = intersects(*set, set->family() == Family::ipv4 ? v4_ : v6_);
    return known->second;
  }

 private:
  packet::AddressSet v4_, v6_;
  std::unordered_map<const packet::AddressSet*, bool> known_;
};

// Those permits of a policy that may share packets with these. The others cannot take anything from them.
std::vector<MatchRule> near(const Intent& intent, const std::vector<MatchRule>& rules) {
  Touching sources(rules, &packet::Match::source), destinations(rules, &packet::Match::destination);
  std::vector<MatchRule> found;
  std::ranges::copy_if(intent.rules(), std::back_inserter(found), [&](const MatchRule& rule) {
    return sources.meets(rule.match.source) && destinations.meets(rule.match.destination);
  });
  return found;
}

class Comparer {
 public:
  Comparer(const Intent& before, const Intent& after, const packet::Budget& budget)
      : before_(before), after_(after), space_(budget) {}

  Decided<Difference> run() {
    const std::vector<std::uint32_t> old_numbers = numbers(before_), new_numbers = numbers(after_);
    const Changed closed = changed(before_, old_numbers, new_numbers);
    const Changed opened = changed(after_, new_numbers, old_numbers);
    const std::vector<MatchRule> lost = rules_of(before_, closed), gained = rules_of(after_, opened);
    const std::vector<MatchRule> near_lost = near(after_, lost), near_gained = near(before_, gained);
    expect_addresses(space_, {lost, gained, near_lost, near_gained});
    if (auto failed = add(after_, opened, near_gained, true)) return Unexpected{*failed};
    if (auto failed = add(before_, closed, near_lost, false)) return Unexpected{*failed};
    Difference difference;
    difference.compared = compared();
    for (auto& [pair, found] : pairs_) difference.pairs.push_back(std::move(found));
    return difference;
  }

 private:
  std::vector<std::uint32_t> numbers(const Intent& intent) {
    std::vector<std::uint32_t> all;
    all.reserve(intent.rules().size());
    for (const MatchRule& rule : intent.rules()) all.push_back(contents_.number(rule));
    return all;
  }

  [[nodiscard]] Changed changed(const Intent& intent, const std::vector<std::uint32_t>& own,
                                const std::vector<std::uint32_t>& others) const {
    std::vector<bool> has(contents_.size());
    for (const std::uint32_t number : others) has[number] = true;
    Changed found;
    for (std::size_t rule = 0; rule < own.size(); ++rule) {
      if (!has[own[rule]]) found[pair_of(intent.policy(), intent.cause(rule))].push_back(rule);
    }
    return found;
  }

  static std::vector<MatchRule> rules_of(const Intent& intent, const Changed& changed) {
    std::vector<MatchRule> all;
    for (const auto& [pair, rules] : changed) {
      for (const std::size_t rule : rules) all.push_back(intent.rules()[rule]);
    }
    return all;
  }

  // What the changed permits of one policy hold beyond the other one, of which those near them suffice.
  std::optional<packet::Undecided> add(const Intent& intent, const Changed& changed,
                                       const std::vector<MatchRule>& other, bool opens) {
    if (changed.empty()) return std::nullopt;
    const auto all = space_.permitted(other);
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

  // A policy has many causes and few ends.
  [[nodiscard]] std::size_t compared() const {
    std::set<Pair> pairs;
    for (const Intent* intent : {&before_, &after_}) {
      std::set<std::pair<ir::ZoneId, ir::ZoneId>> seen;
      for (const Cause& cause : intent->causes()) {
        const bool zones = cause.from.valid() && cause.to.valid();
        if (!zones || seen.emplace(cause.from, cause.to).second)
          pairs.insert(pair_of(intent->policy(), cause));
      }
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
