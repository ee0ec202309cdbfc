// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/way_judge.h"

#include <algorithm>
#include <optional>

#include "compiler/change/deciding.h"
#include "compiler/change/replies.h"

namespace cordon::change {

using packet::MatchRule;
using packet::PacketSet;
using Place = FilterStep::Place;

WayJudge::WayJudge(const ir::Policy& policy, const graph::Topology& topology,
                   std::span<const prove::ReadDevice> readings, std::size_t most_lines,
                   packet::PacketSpace& space)
    : policy_(policy), topology_(topology), most_lines_(most_lines), space_(space) {
  for (const prove::ReadDevice& read : readings)
    bound_.try_emplace(read.device, policy.devices[read.device], read);
}

Way WayJudge::judge(const Trail& trail, const WayEnds& ends, const PacketSet& asked, Arrived& arrived) {
  Way way;
  near_ = NearRules(*ends.from, *ends.to);
  way.there = walk(trail, asked, false, arrived);
  if (arrived.possible == space_.empty()) return way;
  Trail reversed(trail.rbegin(), trail.rend());
  for (TrailHop& hop : reversed) std::swap(hop.in, hop.out);
  const PacketSet replies = replies_to(space_, arrived.possible);
  if (replies == space_.empty()) return way;  // nothing answers: an ICMP message, say
  near_ = NearRules(*ends.to, *ends.from);
  Arrived back{space_.empty(), space_.empty()};
  way.back = walk(reversed, replies, true, back);
  return way;
}

Direction WayJudge::walk(const Trail& trail, const PacketSet& packets, bool replies, Arrived& arrived) {
  PacketSet left = packets;
  bool known = true;
  Direction direction;
  for (const TrailHop& each : trail) {
    if (left == space_.empty()) break;
    WayHop hop = start(each);
    known = known && (hop.read || !policy_.devices[hop.device].configured());
    for (const auto& [place, filters] : filters_at(each, hop)) {
      if (left == space_.empty()) break;
      hop.steps.push_back(pass(hop, place, filters, left, replies));
      known = known && hop.steps.back().passage != Passage::unknown;
    }
    direction.hops.push_back(std::move(hop));
  }
  direction.passage = left == space_.empty() ? Passage::none
                      : !known               ? Passage::unknown
                      : left == packets      ? Passage::all
                                             : Passage::some;
  arrived = {.possible = left, .certain = known ? left : space_.empty()};
  return direction;
}

WayHop WayJudge::start(const TrailHop& each) const {
  WayHop hop;
  hop.device = topology_.vertices()[each.vertex].device;
  if (each.in.valid()) hop.in = topology_.attachments()[each.in].interface;
  if (each.out.valid()) hop.out = topology_.attachments()[each.out].interface;
  hop.read = bound_.contains(hop.device);
  return hop;
}

// What a device sends itself passes none of its filters. A place without a filter is a step where a gap may
// be a filter.
WayJudge::Filters WayJudge::filters_at(const TrailHop& each, const WayHop& hop) const {
  Filters found;
  const auto bound = bound_.find(hop.device);
  if (bound == bound_.end() || !each.in.valid()) return found;
  const prove::BoundFilters& filters = bound->second;
  const auto add = [&](Place place, prove::FilterList list) {
    if (!list.empty()) found.emplace_back(place, std::move(list));
  };
  if (!each.out.valid()) {
    prove::FilterList own = filters.at(*hop.in, prove::Stage::own);
    own.insert(own.end(), filters.everywhere().begin(), filters.everywhere().end());
    add(Place::own, std::move(own));
  } else {
    add(Place::in, filters.at(*hop.in, prove::Stage::received));
    add(Place::between, filters.between(*hop.in, *hop.out));
    add(Place::out, filters.at(*hop.out, prove::Stage::sent));
  }
  if (found.empty() && (unread(hop) || !gaps(hop.device, {}).empty()))
    found.emplace_back(Place::in, prove::FilterList{});
  return found;
}

FilterStep WayJudge::pass(const WayHop& hop, Place place, const prove::FilterList& filters,
                          PacketSet& packets, bool replies) {
  FilterStep step;
  step.place = place;
  step.gaps = gaps(hop.device, filters);
  step.unread = unread(hop);
  if (!step.gaps.empty() || step.unread) {
    step.passage = Passage::unknown;
    return step;
  }
  const PacketSet before = packets;
  for (const config::FilterId id : filters) {
    if (packets != space_.empty()) pass(hop.device, id, packets, replies, step);
  }
  step.passage = packets == before ? Passage::all : packets == space_.empty() ? Passage::none : Passage::some;
  return step;
}

// Where a configuration gives interfaces their addresses, one that it does not have is somewhere else.
bool WayJudge::unread(const WayHop& hop) const {
  const prove::BoundFilters& bound = bound_.at(hop.device);
  if (bound.capabilities().addressing == config::Support::no) return false;
  return (hop.in && !bound.is_read(*hop.in)) || (hop.out && !bound.is_read(*hop.out));
}

// Of these filters, and those that bear on everything.
std::vector<config::Gap> WayJudge::gaps(ir::DeviceId device, const prove::FilterList& filters) const {
  std::vector<config::Gap> found;
  for (const config::Gap& gap : bound_.at(device).read().reading->gaps) {
    if (!gap.filter.valid() || std::ranges::find(filters, gap.filter) != filters.end()) found.push_back(gap);
  }
  return found;
}

// One list: which lines decide, and what passes them.
void WayJudge::pass(ir::DeviceId device, config::FilterId id, PacketSet& packets, bool replies,
                    FilterStep& step) {
  const config::Reading& reading = *bound_.at(device).read().reading;
  const config::Filter& filter = reading.device.filters[id];
  if (filter.stateful && replies) {
    add_line(step, {.line = {}, .permits = true, .remembers = true});
    return;
  }
  const std::vector<std::size_t> near = near_.of(device, reading.device, filter);
  std::vector<MatchRule> list;
  for (const std::size_t rule : near) list.push_back(to_match(reading.device, filter.rules[rule]));
  const PacketSet passed = value(space_.intersect(packets, value(space_.permitted(list))));
  PacketSet rest = packets;
  for (std::size_t at = 0; at < near.size() && rest != space_.empty(); ++at) {
    MatchRule alone = list[at];
    alone.action = packet::Action::permit;
    const PacketSet hit = value(space_.intersect(rest, value(space_.permitted({&alone, 1}))));
    if (hit == space_.empty()) continue;
    rest = value(space_.subtract(rest, hit));
    const config::Rule& rule = filter.rules[near[at]];
    add_line(step, {.line = reading.line_of(rule),
                    .permits = rule.action == packet::Action::permit,
                    .remembers = false});
    if (step.more) break;
  }
  packets = passed;
}

// A line is told once, for both families and whatever it holds.
void WayJudge::add_line(FilterStep& step, const DecidingLine& line) const {
  if (std::ranges::find(step.lines, line) != step.lines.end()) return;
  if (step.lines.size() == most_lines_) {
    step.more = true;
  } else {
    step.lines.push_back(line);
  }
}

}  // namespace cordon::change
