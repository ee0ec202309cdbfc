// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/query.h"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include "compiler/ir/endpoint_addresses.h"
#include "compiler/packet/naive.h"

namespace cordon::change {
namespace {

using packet::AddressSet;
using packet::Decided;
using packet::Family;
using packet::MatchRule;
using packet::PacketSet;
using packet::PacketSpace;

// Permits cut down to what lies between two sets of addresses.
class Cut {
 public:
  Cut() = default;
  Cut(const Cut&) = delete;
  Cut& operator=(const Cut&) = delete;
  ~Cut() = default;

  void add(const Permits& permits, const ir::Addresses& from, const ir::Addresses& to) {
    for (std::size_t at = 0; at < permits.rules.size(); ++at) {
      const packet::Match& match = permits.rules[at].match;
      const AddressSet &source = from.of(match.family), &destination = to.of(match.family);
      if (!intersects(*match.source, source) || !intersects(*match.destination, destination)) continue;
      MatchRule rule = permits.rules[at];
      rule.match.source = &common(*match.source, source);
      rule.match.destination = &common(*match.destination, destination);
      rules_.push_back(rule);
      causes_.push_back(permits.causes[at]);
    }
  }

  [[nodiscard]] const std::vector<MatchRule>& rules() const { return rules_; }
  [[nodiscard]] std::uint32_t cause(std::size_t rule) const { return causes_[rule]; }

 private:
  const AddressSet& common(const AddressSet& a, const AddressSet& b) {
    const auto [known, fresh] = known_.try_emplace({&a, &b}, nullptr);
    if (fresh) known->second = &sets_.emplace_back(intersect(a, b));
    return *known->second;
  }

  std::vector<MatchRule> rules_;
  std::vector<std::uint32_t> causes_;
  std::deque<AddressSet> sets_;
  std::map<std::pair<const AddressSet*, const AddressSet*>, const AddressSet*> known_;
};

void sort_unique(std::vector<std::uint32_t>& numbers) {
  std::ranges::sort(numbers);
  numbers.erase(std::ranges::unique(numbers).begin(), numbers.end());
}

ir::Addresses ends_in(const Space& flow, bool from) {
  ir::Addresses addresses;
  for (const MatchRule& rule : flow.rules())
    addresses.of(rule.match.family) = from ? *rule.match.source : *rule.match.destination;
  return addresses;
}

std::optional<packet::Undecided> describe(PacketSpace& space, const PacketSet& set, Found& found) {
  auto cubes = space.cover(set);
  if (!cubes) return cubes.error();
  found.cubes = std::move(*cubes);
  found.example = space.witness(set);
  if (found.example) found.example = between_two(*found.example, found.cubes);
  return std::nullopt;
}

// All that the rules permit; each of them is a cause, since none of them is empty.
Decided<Found> all_of(const Cut& cut, const packet::Budget& budget) {
  Found found;
  if (cut.rules().empty()) return found;
  PacketSpace space(budget);
  expect_addresses(space, {cut.rules()});
  const auto set = space.permitted(cut.rules());
  if (!set) return Unexpected{set.error()};
  if (auto failed = describe(space, *set, found)) return Unexpected{*failed};
  for (std::size_t rule = 0; rule < cut.rules().size(); ++rule) found.causes.push_back(cut.cause(rule));
  sort_unique(found.causes);
  return found;
}

template <class Add>
Decided<std::vector<EndFound>> by_end(std::span<const End> ends, const packet::Budget& budget, Add add) {
  std::vector<EndFound> all;
  for (std::size_t end = 0; end < ends.size(); ++end) {
    Cut cut;
    add(cut, ends[end].addresses);
    auto found = all_of(cut, budget);
    if (!found) return Unexpected{found.error()};
    all.push_back({end, std::move(*found)});
  }
  return all;
}

}  // namespace

packet::Packet between_two(packet::Packet packet, std::span<const packet::Cube> cubes) {
  if (packet.source != packet.destination) return packet;
  for (const packet::Cube& cube : cubes) {
    const MatchRule rule = cube.permit();
    if (packet::evaluate({&rule, 1}, packet) != packet::Action::permit) continue;
    for (const packet::AddressRange& range : cube.destination.ranges()) {
      packet::Packet other = packet;
      other.destination = range.first == packet.source ? range.last : range.first;
      if (other.destination != packet.source) return other;
    }
  }
  return packet;
}

Permits permits_of(const Intent& intent) { return {intent.rules(), intent.cause_numbers()}; }

Decided<Reach> reach(const Permits& permits, const Space& flow, const packet::Budget& budget) {
  Reach answer;
  answer.vacuous = flow.empty();
  if (answer.vacuous) return answer;
  Cut cut;
  cut.add(permits, ends_in(flow, true), ends_in(flow, false));
  PacketSpace space(budget);
  expect_addresses(space, {cut.rules(), flow.rules()});
  const auto asked = space.permitted(flow.rules()), permitted = space.permitted(cut.rules());
  if (!asked) return Unexpected{asked.error()};
  if (!permitted) return Unexpected{permitted.error()};
  const auto allowed = space.intersect(*asked, *permitted), denied = space.subtract(*asked, *permitted);
  if (!allowed) return Unexpected{allowed.error()};
  if (!denied) return Unexpected{denied.error()};
  if (auto failed = describe(space, *allowed, answer.allowed)) return Unexpected{*failed};
  if (auto failed = describe(space, *denied, answer.denied)) return Unexpected{*failed};
  for (std::size_t rule = 0; rule < cut.rules().size(); ++rule) {
    const auto own = space.permitted({&cut.rules()[rule], 1});
    if (!own) return Unexpected{own.error()};
    const auto part = space.intersect(*own, *asked);
    if (!part) return Unexpected{part.error()};
    if (*part != space.empty()) answer.allowed.causes.push_back(cut.cause(rule));
  }
  sort_unique(answer.allowed.causes);
  return answer;
}

std::vector<End> ends_of(const ir::Policy& policy) {
  std::vector<End> ends;
  ir::Addresses rest;
  for (const Family family : packet::families) rest.of(family) = AddressSet::all(family);
  const auto add = [&](std::string name, ir::ZoneId zone, ir::DeviceId device, ir::Addresses addresses) {
    for (const Family family : packet::families)
      rest.of(family) = subtract(rest.of(family), addresses.of(family));
    ends.push_back({std::move(name), zone, device, std::move(addresses)});
  };
  for (const ir::ZoneId id : policy.zones.ids())
    add(policy.zones[id].name, id, {}, ir::hosts_of(policy, policy.zones[id]));
  for (const ir::DeviceId id : policy.devices.ids())
    add("device " + policy.devices[id].name, {}, id, ir::own_addresses(policy.devices[id]));
  ends.push_back({"no zone", {}, {}, std::move(rest)});
  return ends;
}

Decided<std::vector<EndFound>> who_reaches(const Permits& permits, std::span<const End> ends,
                                           const ir::Addresses& set, const packet::Budget& budget) {
  return by_end(ends, budget, [&](Cut& cut, const ir::Addresses& end) { cut.add(permits, end, set); });
}

Decided<std::vector<EndFound>> reached_from(const Permits& permits, std::span<const End> ends,
                                            const ir::Addresses& set, const packet::Budget& budget) {
  return by_end(ends, budget, [&](Cut& cut, const ir::Addresses& end) { cut.add(permits, set, end); });
}

Decided<std::vector<LineFound>> lines_of(const Permits& permits, const Space& flow,
                                         const packet::Budget& budget) {
  Cut cut;
  cut.add(permits, ends_in(flow, true), ends_in(flow, false));
  std::map<std::uint32_t, std::vector<MatchRule>> by_cause;
  for (std::size_t rule = 0; rule < cut.rules().size(); ++rule)
    by_cause[cut.cause(rule)].push_back(cut.rules()[rule]);
  PacketSpace space(budget);
  expect_addresses(space, {cut.rules(), flow.rules()});
  const auto asked = space.permitted(flow.rules());
  if (!asked) return Unexpected{asked.error()};
  std::vector<LineFound> lines;
  for (const auto& [cause, own] : by_cause) {
    std::vector<MatchRule> others;
    for (std::size_t rule = 0; rule < cut.rules().size(); ++rule) {
      if (cut.cause(rule) != cause) others.push_back(cut.rules()[rule]);
    }
    const auto set = space.permitted(own), rest = space.permitted(others);
    if (!set) return Unexpected{set.error()};
    if (!rest) return Unexpected{rest.error()};
    const auto part = space.intersect(*set, *asked);
    if (!part) return Unexpected{part.error()};
    if (*part == space.empty()) continue;
    auto cubes = space.cover(*part);
    const auto covered = space.is_subset(*part, *rest);
    if (!cubes) return Unexpected{cubes.error()};
    if (!covered) return Unexpected{covered.error()};
    lines.push_back({cause, std::move(*cubes), !*covered});
  }
  return lines;
}

}  // namespace cordon::change
