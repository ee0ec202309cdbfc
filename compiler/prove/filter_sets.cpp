// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/filter_sets.h"

#include "compiler/packet/naive.h"
#include "compiler/prove/local_addresses.h"

namespace cordon::prove {
namespace {

using config::Filter;
using config::FilterId;
using packet::Action;
using packet::AddressSet;
using packet::Family;
using packet::MatchRule;
using packet::PacketSet;
using packet::ServiceSet;
using packet::ServiceTerm;
using packet::State;

constexpr std::uint8_t bit(State state) { return static_cast<std::uint8_t>(state); }

ServiceSet icmp_types(std::uint8_t protocol, std::initializer_list<std::uint8_t> types) {
  ServiceSet terms;
  for (const std::uint8_t type : types) {
    ServiceTerm term;
    term.protocol = protocol;
    term.icmp_type = type;
    terms.push_back(term);
  }
  return terms;
}

// Packets of connections that a filter let through, and the errors about them (RFC 792, RFC 4443).
struct Tracked {
  AddressSet every4 = AddressSet::all(Family::ipv4), every6 = AddressSet::all(Family::ipv6);
  ServiceSet any{ServiceTerm{}};
  ServiceSet errors4 = icmp_types(packet::protocol::icmp, {3, 11, 12});
  ServiceSet errors6 = icmp_types(packet::protocol::icmpv6, {1, 2, 3, 4});

  [[nodiscard]] MatchRule permit(Family family, const ServiceSet& services, State state) const {
    const AddressSet* every = family == Family::ipv4 ? &every4 : &every6;
    return {.match = {.family = family,
                      .source = every,
                      .destination = every,
                      .services = &services,
                      .fragments = packet::any_fragment,
                      .states = bit(state)},
            .action = Action::permit};
  }
};

void add_tracked(std::vector<MatchRule>& rules) {
  static const Tracked tracked;
  for (const Family family : packet::families) {
    rules.push_back(tracked.permit(family, tracked.any, State::established));
    rules.push_back(
        tracked.permit(family, family == Family::ipv4 ? tracked.errors4 : tracked.errors6, State::related));
  }
}

}  // namespace

std::vector<MatchRule> match_rules(const config::Device& device, const Filter& filter) {
  std::vector<MatchRule> rules;
  rules.reserve(filter.rules.size() + 4);
  if (filter.stateful) add_tracked(rules);
  for (const config::Rule& rule : filter.rules) rules.push_back(to_match(device, rule));
  return rules;
}

std::vector<MatchRule> everything_remembered() {
  static const Tracked tracked;
  std::vector<MatchRule> rules;
  add_tracked(rules);
  for (const Family family : packet::families)
    rules.push_back(tracked.permit(family, tracked.any, State::fresh));
  return rules;
}

void expect_addresses(packet::PacketSpace& space, const config::Device& device) {
  std::vector<const packet::AddressSet*> sets;
  for (const config::NamedAddressSet& named : device.addresses) sets.push_back(&named.addresses);
  space.expect(sets);
}

std::optional<PacketSet> FilterSets::set_of(FilterId filter) {
  if (const auto known = sets_.find(filter); known != sets_.end()) return known->second;
  const Filter& wanted = device_->filters[filter];
  std::vector<MatchRule> rules;
  if (only_to_ == nullptr) {
    rules = match_rules(*device_, wanted);
  } else {
    if (wanted.stateful) add_tracked(rules);
    for (const config::Rule& rule : wanted.rules) {
      if (concerns(rule)) rules.push_back(to_match(*device_, rule));
    }
  }
  auto set = decided(space_->permitted(rules));
  if (set) sets_.emplace(filter, *set);
  return set;
}

bool FilterSets::concerns(const config::Rule& rule) {
  const auto [entry, added] = concerned_.try_emplace(rule.destination);
  if (added)
    entry->second =
        packet::intersects(device_->addresses[rule.destination].addresses, only_to_->of(rule.family));
  return entry->second;
}

std::optional<PacketSet> FilterSets::through(std::span<const FilterId> filters) {
  PacketSet all = space_->full();
  for (const FilterId filter : filters) {
    const auto one = set_of(filter);
    if (!one) return std::nullopt;
    const auto both = decided(space_->intersect(all, *one));
    if (!both) return std::nullopt;
    all = *both;
  }
  return all;
}

const config::Rule* FilterSets::deciding(std::span<const FilterId> filters,
                                         const packet::Packet& packet) const {
  const config::Rule* last = nullptr;
  for (const FilterId id : filters) {
    last = nullptr;
    for (const config::Rule& rule : device_->filters[id].rules) {
      if (!packet::matches(to_match(*device_, rule), packet)) continue;
      if (rule.action == Action::deny) return &rule;
      last = &rule;
      break;
    }
  }
  return last;
}

}  // namespace cordon::prove
