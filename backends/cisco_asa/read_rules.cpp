// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_asa/read_rules.h"

#include <algorithm>

#include <fmt/format.h>

#include "backends/cisco_asa/read_entry.h"

namespace cordon::backends::cisco_asa::reading {
namespace {

using config::Action;
using config::Rule;
using packet::Family;
using packet::ServiceSet;
using packet::ServiceTerm;
using packet::State;

constexpr std::uint8_t bit(State state) { return static_cast<std::uint8_t>(state); }

const config::Origin of_the_platform{"added by the platform", {}, {}};

// Every protocol but ICMP of either kind.
ServiceSet all_but_icmp() {
  ServiceSet terms;
  for (unsigned number = 0; number <= 255; ++number) {
    const auto protocol = static_cast<std::uint8_t>(number);
    if (packet::is_icmp(protocol)) continue;
    terms.emplace_back().protocol = protocol;
  }
  return terms;
}

// Errors about what was sent (RFC 792, RFC 4443).
ServiceSet errors(Family family) {
  const bool v4 = family == Family::ipv4;
  ServiceSet terms;
  for (const int type : v4 ? std::vector<int>{3, 11, 12} : std::vector<int>{1, 2, 3, 4}) {
    ServiceTerm& term = terms.emplace_back();
    term.protocol = v4 ? packet::protocol::icmp : packet::protocol::icmpv6;
    term.icmp_type = static_cast<std::uint8_t>(type);
  }
  return terms;
}

}  // namespace

config::AddressSetId RuleReader::all(Family family) {
  config::AddressSetId& id = all_[static_cast<std::size_t>(family)];
  if (!id.valid()) id = groups_.intern(packet::AddressSet::all(family));
  return id;
}

// ICMP is remembered by inspection only.
void RuleReader::add_remembered(config::Filter& filter) {
  filter.stateful = text_.tracks_icmp && text_.tracks_icmp_errors;
  if (filter.stateful) return;
  for (const Family family : packet::families) {
    Rule rule;
    rule.action = Action::permit;
    rule.family = family;
    rule.role = config::Role::flow;
    rule.source = rule.destination = all(family);
    rule.origin = reading_.device.origins.push_back(of_the_platform);
    rule.states = bit(State::established);
    rule.services = groups_.intern(text_.tracks_icmp ? ServiceSet{ServiceTerm{}} : all_but_icmp());
    if (rule.services.valid()) filter.rules.push_back(rule);
    rule.states = bit(State::related);
    rule.services = groups_.intern(errors(family));
    if (text_.tracks_icmp_errors && rule.services.valid()) filter.rules.push_back(rule);
  }
}

config::FilterId RuleReader::open_filter(std::string_view name) {
  config::Filter filter{unique_name(name), {}};
  add_remembered(filter);
  return reading_.device.filters.push_back(std::move(filter));
}

// Letters of names may differ in case only.
std::string RuleReader::unique_name(std::string_view name) {
  std::string plain = printable_text(name);
  std::ranges::transform(plain, plain.begin(), [](char c) {
    if (c >= 'A' && c <= 'Z') return static_cast<char>(c | 0x20);
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ? c : '-';
  });
  std::string unique = plain;
  while (!names_.try_emplace(unique, 1).second) unique = fmt::format("{}.{}", plain, ++names_[plain]);
  return unique;
}

void RuleReader::add_gap(Problem problem, config::FilterId filter) {
  reading_.gaps.push_back({problem.range, std::move(problem.reason), filter});
}

void RuleReader::add_rule(Action action, Family family, config::AddressSetId source,
                          config::AddressSetId destination, const ServiceSet& terms, config::Origin origin,
                          config::FilterId filter) {
  const ServiceSet of_family = packet::in_family(terms, family);
  if (of_family.empty()) return;
  Rule rule;
  rule.action = action;
  rule.family = family;
  rule.role = config::Role::flow;
  rule.source = source;
  rule.destination = destination;
  rule.services = groups_.intern(of_family);
  if (!rule.services.valid())
    return add_gap({origin.range, "the sets of the configuration are too large together"}, filter);
  // What is about a connection has passed before, or is refused.
  const bool beginnings = action == Action::permit && reading_.device.filters[filter].stateful;
  if (beginnings) rule.states = bit(State::fresh);
  rule.origin = reading_.device.origins.push_back(std::move(origin));
  reading_.device.filters[filter].rules.push_back(rule);
}

void RuleReader::add_rest(Action action, config::FilterId filter) {
  for (const Family family : packet::families)
    add_rule(action, family, all(family), all(family), {ServiceTerm{}}, of_the_platform, filter);
}

// Addresses of different families make no pair.
void RuleReader::add_entry(source::Range range, const std::string& remark, config::FilterId filter) {
  Cursor cursor(words_of(sources_, range));
  const Entry entry = take_entry(cursor, groups_);
  if (entry.inactive) return;
  if (cursor.failed()) return add_gap(*cursor.problem(), filter);
  for (const Family family : packet::families) {
    const auto index = static_cast<std::size_t>(family);
    const config::AddressSetId from = entry.source->ids[index], to = entry.destination->ids[index];
    if (!from.valid() || !to.valid()) continue;
    const std::size_t before = reading_.device.filters[filter].rules.size();
    add_rule(entry.action, family, from, to, entry.services, {remark, {}, range}, filter);
    auto& rules = reading_.device.filters[filter].rules;
    if (rules.size() > before) rules.back().log = entry.log;
  }
}

void RuleReader::add_list(const std::string& name, const BoundList& bound, config::FilterId filter) {
  const auto found = text_.lists.find(name);
  if (found == text_.lists.end() || found->second.other_kind) {
    const bool missing = found == text_.lists.end();
    return add_gap({bound.range, missing ? "the list is not defined" : "the list is of another kind"},
                   filter);
  }
  const AccessList& list = found->second;
  reading_.device.filters[filter].rules.reserve(list.lines.size() + 4);
  std::string remark;
  for (const ListLine& line : list.lines) {
    if (line.remark) {
      remark = printable_text(sources_.text(line.range));
      continue;
    }
    add_entry(line.range, remark, filter);
    remark.clear();
  }
  for (const Problem& problem : list.problems) add_gap(problem, filter);
}

}  // namespace cordon::backends::cisco_asa::reading
