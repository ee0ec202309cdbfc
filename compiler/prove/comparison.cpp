// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/comparison.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "compiler/prove/comparison_interfaces.h"
#include "compiler/prove/translation_layer2.h"

namespace cordon::prove {
namespace {

using config::Binding;
using config::Device;
using config::FilterId;
using config::InterfaceId;
using config::Stage;
using packet::PacketSet;

using Filters = std::vector<FilterId>;

// The filters that a device binds to a stage, at the interface or, where the platform knows such, at all of
// them.
Filters bound(const Device& device, Stage stage, InterfaceId interface) {
  Filters filters;
  for (const Binding& binding : device.bindings) {
    const bool here = !binding.interface.valid() || binding.interface == interface;
    if (binding.stage == stage && here) filters.push_back(binding.filter);
  }
  return filters;
}

Filters joined(Filters first, const Filters& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

// By its name, else by the longest beginning that stands for it.
InterfaceId find_interface(const Device& device, std::string_view port) {
  InterfaceId found;
  std::size_t longest = 0;
  for (const InterfaceId id : device.interfaces.ids()) {
    const std::string_view name = device.interfaces[id].port;
    if (name == port) return id;
    const bool stands_for = name.ends_with('*') && port.starts_with(name.substr(0, name.size() - 1));
    if (!stands_for || name.size() <= longest) continue;
    found = id;
    longest = name.size();
  }
  return found;
}

}  // namespace

Comparison::Comparison(const Device& planned, const config::Capabilities& capabilities,
                       const config::Reading& reading, packet::Budget budget)
    : planned_(planned),
      capabilities_(capabilities),
      reading_(reading),
      space_(budget),
      planned_sets_(space_, planned),
      read_sets_(space_, reading.device),
      same_(planned, reading.device),
      local_(local_addresses(planned)),
      planned_own_sets_(space_, planned, local_),
      read_own_sets_(space_, reading.device, local_),
      read_of_(planned.interfaces.size()) {}

bool Comparison::run(PlaceListener& listener) {
  listener_ = &listener;
  if (capabilities_.reassembles == config::Support::yes && !reading_.reassembles)
    state("fragments are not put together before the filters see them, and were planned to be", {}, {});
  compare_interfaces();
  if (capabilities_.switching == config::Support::yes) {
    for (Difference& each : compare_layer2(planned_, reading_.device)) listener.stated(std::move(each));
  }
  collect_stands();
  if (crossings_are_same() && all_same(own_)) return true;  // nothing is left to compare
  if (!crossings_are_same()) {
    expect_addresses(space_, planned_);
    expect_addresses(space_, reading_.device);
  }
  if (!evaluate_stands()) return false;
  compare_crossings();
  compare_own();
  compare_unplanned();
  return !undecided_;
}

std::string Comparison::text(const Place& place) const {
  switch (place.kind) {
    case Place::Kind::crossing:
      return fmt::format("from {} to {}", interface_text(planned_.interfaces[place.in]),
                         interface_text(planned_.interfaces[place.out]));
    case Place::Kind::own:
      return fmt::format("to the device itself by {}", interface_text(planned_.interfaces[place.in]));
    case Place::Kind::unplanned:
      return fmt::format("from the interface `{}`, which nobody planned",
                         reading_.device.interfaces[place.in].port);
  }
  return {};
}

void Comparison::state(std::string text, source::Range emitted, source::Range policy) {
  listener_->stated({.text = std::move(text), .packet = std::nullopt, .emitted = emitted, .policy = policy});
}

void Comparison::compare_interfaces() {
  const bool addressing = capabilities_.addressing == config::Support::yes;
  std::vector<bool> known(reading_.device.interfaces.size());
  for (const InterfaceId id : planned_.interfaces.ids()) {
    const config::Interface& planned = planned_.interfaces[id];
    const InterfaceId other = read_of_[id.value] = find_interface(reading_.device, planned.port);
    if (other.valid()) known[other.value] = true;
    if (!addressing) continue;
    if (other.valid()) {
      for (Difference& each : compare_interface(planned, reading_.device.interfaces[other]))
        listener_->stated(std::move(each));
    } else {
      state(fmt::format("the interface {} is missing", interface_text(planned)), {}, planned.range);
    }
  }
  for (const InterfaceId id : reading_.device.interfaces.ids()) {
    const config::Interface& read = reading_.device.interfaces[id];
    if (known[id.value]) continue;
    if (addressing) {
      state(fmt::format("nobody planned the interface `{}`", read.port), read.range, {});
    } else {
      unplanned_.push_back(id);
    }
  }
}

bool Comparison::evaluate(Stand& stand, FilterSets& planned, FilterSets& read) {
  stand.planned.through = planned.through(stand.planned.filters);
  stand.read.through = read.through(stand.read.filters);
  return stand.planned.through && stand.read.through;
}

void Comparison::collect_stands() {
  const Device& read = reading_.device;
  const auto add = [&](std::vector<Stand>& stands, Filters planned, Filters found) {
    const bool same = same_.are_same(planned, found);
    stands.push_back({{std::move(planned), {}}, {std::move(found), {}}, same});
  };
  const bool sees_own = capabilities_.filter_sees_own == config::Support::yes;
  for (const InterfaceId id : planned_.interfaces.ids()) {
    const InterfaceId other = read_of_[id.value];
    add(in_, bound(planned_, Stage::interface_in, id), bound(read, Stage::interface_in, other));
    add(out_, bound(planned_, Stage::interface_out, id), bound(read, Stage::interface_out, other));
    add(own_, joined(sees_own ? in_.back().planned.filters : Filters{}, bound(planned_, Stage::own, id)),
        bound(read, Stage::own, other));
  }
}

bool Comparison::all_same(const std::vector<Stand>& stands) {
  return std::ranges::all_of(stands, &Stand::same);
}

bool Comparison::crossings_are_same() const {
  return reading_.between.empty() && unplanned_.empty() && all_same(in_) && all_same(out_);
}

bool Comparison::evaluate_stands() {
  forwarded_ = domain(false);
  delivered_ = domain(true);
  remembered_ = forwarded_;
  if (forwarded_ && capabilities_.state == config::StateTracking::full) {
    const auto known = decided(space_.permitted(everything_remembered()));
    remembered_ = known ? decided(space_.intersect(*forwarded_, *known)) : std::nullopt;
  }
  if (!forwarded_ || !delivered_ || !remembered_) return false;
  const auto known = [&](Stand& stand) { return stand.same || evaluate(stand, planned_sets_, read_sets_); };
  const auto own_known = [&](Stand& stand) {
    return stand.same || evaluate(stand, planned_own_sets_, read_own_sets_);
  };
  return std::ranges::all_of(in_, known) && std::ranges::all_of(out_, known) &&
         std::ranges::all_of(own_, own_known);
}

// The packets that crossings, or the device itself, get to see.
std::optional<PacketSet> Comparison::domain(bool local, std::uint8_t states) {
  static const packet::ServiceSet any{packet::ServiceTerm{}};
  std::vector<packet::MatchRule> rules;
  for (const packet::Family family : packet::families) {
    const packet::AddressSet& destinations = local_.of(family);
    const auto every = [&](packet::Action action, const packet::AddressSet* destination,
                           std::uint8_t fragments) {
      rules.push_back({.match = {.family = family,
                                 .source = &local_.every(family),
                                 .destination = destination,
                                 .services = &any,
                                 .fragments = fragments,
                                 .states = action == packet::Action::permit ? states : packet::any_state},
                       .action = action});
    };
    if (capabilities_.reassembles == config::Support::yes) {
      every(packet::Action::deny, &local_.every(family), static_cast<std::uint8_t>(packet::Fragment::later));
    }
    every(local ? packet::Action::permit : packet::Action::deny, &destinations, packet::any_fragment);
    if (!local) every(packet::Action::permit, &local_.every(family), packet::any_fragment);
  }
  return decided(space_.permitted(rules));
}

Comparison::Filters Comparison::between(InterfaceId in, InterfaceId out) const {
  Filters filters;
  for (const config::Between& each : reading_.between) {
    if (each.in == read_of_[in.value] && each.out == read_of_[out.value]) filters.push_back(each.filter);
  }
  return filters;
}

// Back out by the same interface comes last: a difference is better told of a way that packets take.
void Comparison::compare_crossings() {
  const auto count = static_cast<std::uint32_t>(planned_.interfaces.size());
  for (std::uint32_t in = 0; in < count; ++in) {
    for (std::uint32_t step = 1; step <= count; ++step) {
      const std::uint32_t out = (in + step) % count;
      const Filters also = reading_.between.empty() ? Filters{} : between({in}, {out});
      if (also.empty() && in_[in].equal() && out_[out].equal()) continue;
      compare_crossing({in}, {out}, also);
    }
  }
}

void Comparison::compare_crossing(InterfaceId in, InterfaceId out, const Filters& also) {
  const Stand &entry = in_[in.value], &exit = out_[out.value];
  const Place place{.kind = Place::Kind::crossing,
                    .in = in,
                    .out = out,
                    .planned = joined(entry.planned.filters, exit.planned.filters),
                    .read = joined(joined(entry.read.filters, exit.read.filters), also)};
  const auto planned = planned_sets_.through(place.planned), read = read_sets_.through(place.read);
  if (planned && read) {
    compare(place, *planned, *read);
  } else {
    undecided_ = true;
  }
}

void Comparison::compare_own() {
  for (const InterfaceId id : planned_.interfaces.ids()) {
    const Stand& stand = own_[id.value];
    // Without a plan for them, what such packets need is for the end-to-end proof to say.
    if (stand.equal() || stand.planned.filters.empty()) continue;
    compare({.kind = Place::Kind::own,
             .in = id,
             .out = {},
             .planned = stand.planned.filters,
             .read = stand.read.filters},
            *stand.planned.through, *stand.read.through);
  }
}

// Where interfaces are configured elsewhere, no connection may begin at one that nobody planned.
void Comparison::compare_unplanned() {
  for (const InterfaceId id : unplanned_) {
    const Place place{.kind = Place::Kind::unplanned,
                      .in = id,
                      .out = {},
                      .planned = {},
                      .read = bound(reading_.device, Stage::interface_in, id)};
    if (const auto read = read_sets_.through(place.read)) {
      compare(place, space_.empty(), *read);
    } else {
      undecided_ = true;
    }
  }
}

// What the filters of a place get to see.
const std::optional<PacketSet>& Comparison::seen_at(const Place& place) {
  if (place.kind == Place::Kind::own) return delivered_;
  if (place.kind == Place::Kind::crossing) return place.planned.empty() ? remembered_ : forwarded_;
  if (!beginnings_) beginnings_ = domain(false, static_cast<std::uint8_t>(packet::State::fresh));
  return beginnings_;
}

void Comparison::compare(const Place& place, const PacketSet& planned, const PacketSet& read) {
  const auto& seen = seen_at(place);
  for (const bool opened : {true, false}) {
    const auto beyond = decided(opened ? space_.subtract(read, planned) : space_.subtract(planned, read));
    const auto packets = beyond && seen ? decided(space_.intersect(*beyond, *seen)) : std::nullopt;
    if (!packets) {
      undecided_ = true;
    } else if (*packets != space_.empty()) {
      listener_->differ(place, *packets, opened);
    }
  }
}

const config::Rule* Comparison::planned_rule(const Place& place, const packet::Packet& packet) const {
  return planned_sets_.deciding(place.planned, packet);
}

const config::Rule* Comparison::read_rule(const Place& place, const packet::Packet& packet) const {
  return read_sets_.deciding(place.read, packet);
}

std::optional<PacketSet> Comparison::refused_by(const Place& place, std::span<const FilterId> read) {
  const bool own = place.kind == Place::Kind::own;
  const auto wanted = (own ? planned_own_sets_ : planned_sets_).through(place.planned);
  const auto passes = (own ? read_own_sets_ : read_sets_).through(read);
  const auto& seen = seen_at(place);
  if (!wanted || !passes || !seen) return std::nullopt;
  const auto refused = decided(space_.subtract(*wanted, *passes));
  return refused ? decided(space_.intersect(*refused, *seen)) : std::nullopt;
}

}  // namespace cordon::prove
