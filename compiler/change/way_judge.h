// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What the filters on one way let pass of a set of packets, line by line, and of the replies to them.
#ifndef COMPILER_CHANGE_WAY_JUDGE_H
#define COMPILER_CHANGE_WAY_JUDGE_H

#include <cstddef>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "compiler/change/near_rules.h"
#include "compiler/change/openers.h"
#include "compiler/change/trails.h"
#include "compiler/change/ways.h"
#include "compiler/packet/packet_set.h"
#include "compiler/prove/bound_filters.h"

namespace cordon::change {

// What may get to the end, and what does so for sure.
struct Arrived {
  packet::PacketSet possible, certain;
};

// Every answer may throw `Exhausted`.
class WayJudge {
 public:
  // All of them have to last as long.
  WayJudge(const ir::Policy& policy, const graph::Topology& topology,
           std::span<const prove::ReadDevice> readings, std::size_t most_lines, packet::PacketSpace& space);

  [[nodiscard]] Way judge(const Trail& trail, const WayEnds& ends, const packet::PacketSet& asked,
                          Arrived& arrived);

 private:
  using Filters = std::vector<std::pair<FilterStep::Place, prove::FilterList>>;

  Direction walk(const Trail& trail, const packet::PacketSet& packets, bool replies, Arrived& arrived);
  [[nodiscard]] WayHop start(const TrailHop& each) const;
  [[nodiscard]] Filters filters_at(const TrailHop& each, const WayHop& hop) const;
  [[nodiscard]] FilterStep pass(const WayHop& hop, FilterStep::Place place, const prove::FilterList& filters,
                                packet::PacketSet& packets, bool replies);
  [[nodiscard]] bool unread(const WayHop& hop) const;
  [[nodiscard]] std::vector<config::Gap> gaps(ir::DeviceId device, const prove::FilterList& filters) const;
  void pass(ir::DeviceId device, config::FilterId id, packet::PacketSet& packets, bool replies,
            FilterStep& step);
  void add_line(FilterStep& step, const DecidingLine& line) const;

  const ir::Policy& policy_;
  const graph::Topology& topology_;
  std::size_t most_lines_;
  packet::PacketSpace& space_;
  std::map<ir::DeviceId, prove::BoundFilters> bound_;
  NearRules near_;  // to where the packets come from and go to
};

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_WAY_JUDGE_H
