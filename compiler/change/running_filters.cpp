// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/running_filters.h"

#include <algorithm>
#include <string>
#include <utility>

#include "compiler/change/deciding.h"

namespace cordon::change {

using config::FilterId;
using packet::MatchRule;
using packet::PacketSet;
using prove::FilterList;
using prove::Stage;

RunningFilters::RunningFilters(const prove::Forwarding& forwarding,
                               std::span<const prove::ReadDevice> readings, packet::PacketSpace& space)
    : forwarding_(forwarding), space_(space), known_(forwarding.policy().devices.size()) {
  const ir::Policy& policy = forwarding.policy();
  for (const ir::DeviceId id : policy.devices.ids()) known_[id.value].ours = policy.devices[id].configured();
  for (const prove::ReadDevice& read : readings) {
    const auto [entry, added] = bound_.try_emplace(read.device, policy.devices[read.device], read);
    Known& known = known_[read.device.value];
    known.bound = &entry->second;
    known.incomplete.resize(read.reading->device.filters.size());
    for (const config::Gap& gap : read.reading->gaps) {
      if (gap.filter.valid()) {
        known.incomplete[gap.filter.value] = true;
      } else {
        known.nothing_is_certain = true;
      }
    }
    any_pairs_ = any_pairs_ || entry->second.pairs();
  }
}

void RunningFilters::start(const ir::Addresses& from, const ir::Addresses& to, bool replies) {
  near_ = NearRules(from, to);
  replies_ = replies;
  sets_.clear();
}

const RunningFilters::Known& RunningFilters::known(const FilterPlace& place) const {
  return known_[forwarding_.edges()[place.edge].device.value];
}

bool RunningFilters::has_pairs(prove::VertexId vertex) const {
  const Known& known = known_[forwarding_.vertices()[vertex].device.value];
  return known.bound != nullptr && known.bound->pairs();
}

FilterList RunningFilters::filters_at(const FilterPlace& place) const {
  const prove::BoundFilters& bound = *known(place).bound;
  const std::uint32_t interface = forwarding_.edges()[place.edge].interface;
  if (place.out.valid()) return bound.between(interface, forwarding_.edges()[place.out].interface);
  FilterList filters = bound.at(interface, place.stage);
  if (place.stage == Stage::own)
    filters.insert(filters.end(), bound.everywhere().begin(), bound.everywhere().end());
  return filters;
}

// Where a text gives interfaces their addresses, one that it does not have is somewhere else.
bool RunningFilters::is_unread(const FilterPlace& place) const {
  const prove::BoundFilters& bound = *known(place).bound;
  return bound.capabilities().addressing != config::Support::no &&
         !bound.is_read(forwarding_.edges()[place.edge].interface);
}

LetThrough RunningFilters::through(const FilterPlace& place) {
  LetThrough all{.sure = space_.full(), .maybe = space_.full()};
  const Known& device = known(place);
  if (!device.ours) return all;
  if (device.bound == nullptr || device.nothing_is_certain || is_unread(place)) {
    all.sure = space_.empty();
    return all;
  }
  for (const FilterId id : filters_at(place)) {
    if (device.incomplete[id.value]) {
      all.sure = space_.empty();
    } else {
      const PacketSet passed = set_of(forwarding_.edges()[place.edge].device, id);
      all.sure = value(space_.intersect(all.sure, passed));
      all.maybe = value(space_.intersect(all.maybe, passed));
    }
  }
  return all;
}

PacketSet RunningFilters::set_of(ir::DeviceId device, FilterId id) {
  if (const auto known = sets_.find({device, id}); known != sets_.end()) return known->second;
  const config::Device& read = bound_.at(device).read().reading->device;
  const config::Filter& filter = read.filters[id];
  PacketSet set = space_.full();
  if (!filter.stateful || !replies_) {
    std::vector<MatchRule> list;
    for (const std::size_t rule : near_.of(device, read, filter))
      list.push_back(to_match(read, filter.rules[rule]));
    set = value(space_.permitted(list));
  }
  sets_.emplace(std::pair{device, id}, set);
  return set;
}

void RunningFilters::visit_rules(const FilterPlace& place, const PacketSet& packets, const VisitRule& visit) {
  const Known& known = this->known(place);
  if (known.bound == nullptr || known.nothing_is_certain || is_unread(place)) return;
  const ir::DeviceId device = forwarding_.edges()[place.edge].device;
  const config::Reading& reading = *known.bound->read().reading;
  for (const FilterId id : filters_at(place)) {
    const config::Filter& filter = reading.device.filters[id];
    if (known.incomplete[id.value] || (replies_ && filter.stateful)) continue;
    PacketSet rest = packets;
    for (const std::size_t at : near_.of(device, reading.device, filter)) {
      if (rest == space_.empty()) break;
      const config::Rule& rule = filter.rules[at];
      MatchRule alone = to_match(reading.device, rule);
      alone.action = packet::Action::permit;
      const PacketSet hit = value(space_.intersect(rest, value(space_.permitted({&alone, 1}))));
      if (hit == space_.empty()) continue;
      rest = value(space_.subtract(rest, hit));
      const bool narrow = !alone.match.source->is_all() || !alone.match.destination->is_all();
      visit({.device = device,
             .line = reading.line_of(rule),
             .permits = rule.action == packet::Action::permit,
             .narrow = narrow},
            hit);
    }
  }
}

void RunningFilters::add_blind(const FilterPlace& place, std::vector<Blind>& found) const {
  const Known& known = this->known(place);
  if (!known.ours) return;
  const prove::Edge& edge = forwarding_.edges()[place.edge];
  Blind blind{.device = edge.device, .not_given = known.bound == nullptr, .unread = {}, .gaps = {}};
  if (known.bound != nullptr) {
    if (is_unread(place)) blind.unread.push_back(forwarding_.interface_of(place.edge).port);
    const FilterList filters = filters_at(place);
    for (const config::Gap& gap : known.bound->read().reading->gaps) {
      if (!gap.filter.valid() || std::ranges::find(filters, gap.filter) != filters.end())
        blind.gaps.push_back(gap);
    }
  }
  if (blind.not_given || !blind.unread.empty() || !blind.gaps.empty()) add_to(found, std::move(blind));
}

void RunningFilters::add_translating(std::vector<Blind>& found) const {
  for (const auto& [device, bound] : bound_) {
    Blind blind{.device = device, .not_given = false, .unread = {}, .gaps = {}};
    std::ranges::copy_if(bound.read().reading->gaps, std::back_inserter(blind.gaps),
                         &config::Gap::translates);
    if (!blind.gaps.empty()) add_to(found, std::move(blind));
  }
}

}  // namespace cordon::change
