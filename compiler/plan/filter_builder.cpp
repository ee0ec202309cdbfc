// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/plan/filter_builder.h"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <tuple>
#include <utility>

namespace cordon::plan {
namespace {

using config::Action;
using config::Role;

// Errors that a connection may cause (RFC 792, RFC 4443).
packet::ServiceSet error_services(Family family) {
  packet::ServiceSet terms;
  const auto add = [&](std::uint8_t protocol, std::uint8_t type) {
    packet::ServiceTerm term;
    term.protocol = protocol;
    term.icmp_type = type;
    terms.push_back(term);
  };
  if (family == Family::ipv4) {
    for (const std::uint8_t type : std::initializer_list<std::uint8_t>{3, 11, 12})
      add(packet::protocol::icmp, type);
  } else {
    for (const std::uint8_t type : std::initializer_list<std::uint8_t>{1, 2, 3, 4})
      add(packet::protocol::icmpv6, type);
  }
  return terms;
}

void extend(std::vector<packet::AddressRange>& ranges, const AddressSet& set) {
  ranges.insert(ranges.end(), set.ranges().begin(), set.ranges().end());
}

bool written_out(Kind kind) { return kind == Kind::inside || kind == Kind::outside; }

}  // namespace

AddressPlan::AddressPlan(const ir::Policy& from) : policy(&from) {
  for (const Family family : packet::families) {
    const auto index = static_cast<std::size_t>(family);
    never_outside[index] = packet::unite(from.declared.of(family), packet::not_unicast(family));
    own_outside[index] = packet::subtract(from.device_addresses.of(family), never_outside[index]);
  }
}

FilterBuilder::FilterBuilder(const AddressPlan& plan, SetTable& sets, Options options)
    : plan_(plan), sets_(sets), options_(std::move(options)) {
  filter_.name = options_.name;
  filter_.stateful = options_.stateful;
}

void FilterBuilder::infrastructure(Permit permit) {
  permit.role = Role::infrastructure;
  infrastructure_.push_back(permit);
}

FilterBuilder::Section FilterBuilder::section_of(const Permit& permit) {
  const Kind from = permit.source_kind, to = permit.destination_kind;
  if (to == Kind::own) return from == Kind::own ? own_own : from == Kind::any ? any_own : inside_own;
  if (from == Kind::own) return to == Kind::any ? own_any : own_inside;
  if (from != Kind::any && to != Kind::any) return inside;
  return from == Kind::inside || to == Kind::inside ? one_outside : both_outside;
}

void FilterBuilder::permit(const Permit& permit) { sections_[section_of(permit)].push_back(permit); }

// What the permits of one family add up to.
struct FilterBuilder::Totals {
  AddressSet own_sources, own_targets;  // devices' addresses that sets of other meaning contain
  AddressSet own_opened;                // own addresses that somebody may talk to
  AddressSet own_from_afar;             // those to which somebody may who is not on the network
  AddressSet contaminated, reached;     // own addresses in sources of `inside_own`, and its targets
  AddressSet outside_reached;           // targets of `any_own`
  AddressSet own_leaving;               // sources of `own_any`
  AddressSet error_targets;             // addresses outside devices that take part in a connection
  bool errors_outside = false;
};

// Ranges of what becomes the sets of `Totals`, while they are gathered.
struct FilterBuilder::Gathered {
  std::vector<packet::AddressRange> sources, targets, opened, afar, contaminated, reached, outside, leaving,
      errors;
  bool errors_outside = false;
};

AddressSet FilterBuilder::own_part_of(config::AddressSetId id, Kind kind, Family family) const {
  if (kind == Kind::any) return plan_.own_outside[static_cast<std::size_t>(family)];
  return packet::intersect(sets_[id], plan_.own(family));
}

void FilterBuilder::gather_own(Section section, const Permit& permit, Gathered& all) const {
  extend(all.opened, sets_[permit.destination]);
  if (!packet::is_subset(sets_[permit.source], error_sources(permit.family)))
    extend(all.afar, sets_[permit.destination]);
  if (section == inside_own) {
    extend(all.contaminated, own_part_of(permit.source, permit.source_kind, permit.family));
    extend(all.reached, sets_[permit.destination]);
  }
  if (section == any_own) extend(all.outside, sets_[permit.destination]);
}

void FilterBuilder::gather_other(Section section, const Permit& permit, Gathered& all) const {
  extend(all.targets, own_part_of(permit.destination, permit.destination_kind, permit.family));
  if (written_out(permit.destination_kind)) extend(all.errors, sets_[permit.destination]);
  all.errors_outside = all.errors_outside || permit.destination_kind == Kind::any;
  if (section == own_any) extend(all.leaving, sets_[permit.source]);
  if (permit.source_kind != Kind::own)
    extend(all.sources, own_part_of(permit.source, permit.source_kind, permit.family));
}

FilterBuilder::Totals FilterBuilder::total(Family family) const {
  Gathered all;
  std::set<std::tuple<config::AddressSetId, config::AddressSetId, Kind, Kind>> seen;
  for (std::uint8_t at = 0; at < count; ++at) {
    const auto section = static_cast<Section>(at);
    for (const Permit& permit : sections_[section]) {
      if (permit.family != family) continue;
      if (!seen.insert({permit.source, permit.destination, permit.source_kind, permit.destination_kind})
               .second)
        continue;
      if (permit.destination_kind == Kind::own) {
        gather_own(section, permit, all);
      } else {
        gather_other(section, permit, all);
      }
    }
  }
  const auto set = [&](std::vector<packet::AddressRange>& ranges) {
    return AddressSet(family, std::move(ranges));
  };
  return {.own_sources = set(all.sources),
          .own_targets = set(all.targets),
          .own_opened = set(all.opened),
          .own_from_afar = set(all.afar),
          .contaminated = set(all.contaminated),
          .reached = set(all.reached),
          .outside_reached = set(all.outside),
          .own_leaving = set(all.leaving),
          .error_targets = set(all.errors),
          .errors_outside = all.errors_outside};
}

void FilterBuilder::rule(Action action, Role role, Family family, config::AddressSetId source,
                         config::AddressSetId destination, config::ServiceSetId services, bool log,
                         config::OriginId origin) {
  const bool permits = action == Action::permit;
  // Two flows may come to the same permit; the first stands for both.
  if (permits && !permits_.insert({family, source, destination, services, log}).second) return;
  const bool fresh = options_.stateful && permits;
  filter_.rules.push_back(
      {.action = action,
       .family = family,
       .role = role,
       .log = log,
       .source = source,
       .destination = destination,
       .services = services,
       .states = fresh ? static_cast<std::uint8_t>(packet::State::fresh) : packet::any_state,
       .fragments = packet::any_fragment,
       .origin = origin});
}

void FilterBuilder::deny(Role role, Family family, const AddressSet& source, const AddressSet& destination,
                         std::string_view label) {
  deny(role, family, source, destination, label, label);
}

void FilterBuilder::deny(Role role, Family family, const AddressSet& source, const AddressSet& destination,
                         std::string_view source_label, std::string_view destination_label) {
  if (source.empty() || destination.empty()) return;
  rule(Action::deny, role, family, sets_.addresses(source, source.is_all() ? "any" : source_label),
       sets_.addresses(destination, destination.is_all() ? "any" : destination_label), sets_.every_service(),
       true, sets_.origin({.label = to_string(role), .note = {}, .range = {}}));
}

// The declared sources of permits to the outside.
AddressSet FilterBuilder::leaving_sources(Family family, bool errors_outside) const {
  std::vector<packet::AddressRange> ranges;
  if (errors_outside) extend(ranges, error_sources(family));
  std::set<config::AddressSetId> seen;
  for (const Permit& permit : sections_[one_outside]) {
    if (permit.family == family && permit.destination_kind == Kind::any && seen.insert(permit.source).second)
      extend(ranges, sets_[permit.source]);
  }
  return packet::intersect(AddressSet(family, std::move(ranges)), plan_.declared(family));
}

void FilterBuilder::emit(Section section, Family family) {
  for (const Permit& permit : sections_[section]) {
    if (permit.family != family) continue;
    rule(Action::permit, permit.role, family, permit.source, permit.destination, permit.services, permit.log,
         permit.origin);
  }
}

const AddressSet& FilterBuilder::error_sources(Family family) const {
  static const std::array<AddressSet, 2> everything{AddressSet::all(Family::ipv4),
                                                    AddressSet::all(Family::ipv6)};
  const AddressSet* only = options_.sources[static_cast<std::size_t>(family)];
  return only != nullptr ? *only : everything[static_cast<std::size_t>(family)];
}

void FilterBuilder::errors(Family family, const AddressSet& source, const AddressSet& destination) {
  if (options_.stateful || source.empty() || destination.empty()) return;
  const auto label = [&](const AddressSet& set) { return set.is_all() ? "any" : "error-ends"; };
  rule(Action::permit, Role::error, family, sets_.addresses(source, label(source)),
       sets_.addresses(destination, label(destination)),
       sets_.services(error_services(family), "icmp-errors"), false,
       sets_.origin({.label = to_string(Role::error), .note = {}, .range = {}}));
}

// Everything that starts or ends at a device's own address, and nothing else of it afterwards. Each
// denial comes when the permits before it have said all that is meant for its addresses.
void FilterBuilder::own_part(Family family, const Totals& totals) {
  const AddressSet all = AddressSet::all(family);
  const AddressSet& never_outside = plan_.never_outside[static_cast<std::size_t>(family)];
  errors(family, all, totals.own_from_afar);
  errors(family, error_sources(family), packet::subtract(totals.own_opened, totals.own_from_afar));
  emit(own_own, family);
  deny(Role::own_address, family, totals.contaminated, totals.reached, "device-addresses");
  emit(inside_own, family);
  if (!sections_[any_own].empty()) {
    const AddressSet& own_outside = plan_.own_outside[static_cast<std::size_t>(family)];
    deny(Role::boundary, family, guarded(family) ? own_outside : packet::unite(never_outside, own_outside),
         totals.outside_reached, "never-outside");
    emit(any_own, family);
  }
  deny(Role::own_address, family, all, totals.own_targets, "device-addresses");
  errors(family, error_sources(family), totals.error_targets);
  emit(own_inside, family);
  const bool own_errors_outside = !options_.stateful && totals.errors_outside;
  const AddressSet leaving =
      own_errors_outside ? packet::unite(totals.own_leaving, totals.own_sources) : totals.own_leaving;
  deny(Role::boundary, family, leaving, never_outside, "never-outside");
  if (own_errors_outside) errors(family, leaving, all);
  emit(own_any, family);
  deny(Role::own_address, family, totals.own_sources, all, "device-addresses");
}

// What keeps declared networks apart where one end of the permits below is written as all addresses. Only
// what those permits could let out needs a denial before them.
void FilterBuilder::declared_part(Family family, bool errors_outside, bool outward_only) {
  if (guarded(family)) return;
  const AddressSet all = AddressSet::all(family);
  const AddressSet& declared = plan_.declared(family);
  if (errors_outside && error_sources(family).is_all()) {
    const AddressSet& never_outside = plan_.never_outside[static_cast<std::size_t>(family)];
    deny(Role::boundary, family, never_outside, declared, "never-outside");
    errors(family, never_outside, all);
    return;
  }
  deny(Role::boundary, family, outward_only ? leaving_sources(family, errors_outside) : declared, declared,
       outward_only ? "leaving" : "declared", "declared");
  if (errors_outside) errors(family, error_sources(family), all);
}

// Permits with ends written as all addresses stand behind what keeps declared and special ones out.
void FilterBuilder::outside_part(Family family, const Totals& totals) {
  const auto holds = [&](Section section, auto predicate) {
    return std::ranges::any_of(sections_[section], [&](const Permit& permit) {
      return permit.family == family && predicate(permit);
    });
  };
  const auto any = [](const Permit&) { return true; };
  const auto to_any = [](const Permit& permit) { return permit.destination_kind == Kind::any; };
  const auto from_any = [](const Permit& permit) { return permit.source_kind == Kind::any; };
  const bool errors_outside = totals.errors_outside && !options_.stateful;
  const bool one = holds(one_outside, any) || errors_outside;
  const bool both = holds(both_outside, any) || (errors_outside && error_sources(family).is_all());
  if (!one && !both) return;
  const AddressSet all = AddressSet::all(family);
  const AddressSet& special = packet::not_unicast(family);
  const AddressSet& declared = plan_.declared(family);
  if (errors_outside || holds(one_outside, to_any) || holds(both_outside, to_any)) {
    deny(Role::boundary, family, all, special, "not-unicast");
  }
  if (one) declared_part(family, errors_outside, !holds(one_outside, from_any));
  if (!guarded(family) && (both || holds(one_outside, from_any))) {
    deny(Role::boundary, family, special, all, "not-unicast");
  }
  emit(one_outside, family);
  if (!both) return;
  deny(Role::boundary, family, all, declared, "declared");
  if (!guarded(family)) deny(Role::boundary, family, declared, all, "declared");
  if (errors_outside && error_sources(family).is_all()) errors(family, all, all);
  emit(both_outside, family);
}

void FilterBuilder::build_family(Family family) {
  for (const Permit& permit : infrastructure_) {
    if (permit.family != family) continue;
    rule(Action::permit, permit.role, family, permit.source, permit.destination, permit.services, permit.log,
         permit.origin);
  }
  const AddressSet all = AddressSet::all(family);
  if (guarded(family)) {
    deny(Role::anti_spoofing, family, plan_.never_outside[static_cast<std::size_t>(family)], all,
         "never-outside");
  }
  const Totals totals = total(family);
  own_part(family, totals);
  emit(inside, family);
  outside_part(family, totals);
  deny(Role::default_deny, family, all, all, "any");
}

config::Filter FilterBuilder::build() {
  for (const Family family : packet::families) build_family(family);
  return std::move(filter_);
}

}  // namespace cordon::plan
