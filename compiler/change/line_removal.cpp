// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/line_removal.h"

#include <algorithm>
#include <deque>
#include <optional>
#include <utility>

#include "compiler/change/deciding.h"
#include "compiler/change/near_rules.h"

namespace cordon::change {
namespace {

using Lines = std::vector<RemovableLine>;

bool same_place(const RemovableLine& a, const RemovableLine& b) {
  return a.device == b.device && a.line == b.line;
}

bool passes(const Fate& outcome) { return !outcome.allowed.empty() || !outcome.differs.empty(); }

class Removal {
 public:
  Removal(const Intent& intent, const ir::FlowSet& question, std::span<const prove::ReadDevice> readings,
          const packet::Budget& budget)
      : intent_(intent), question_(question), readings_(readings), budget_(budget), space_(budget) {}

  Lines run() {
    const WaysAnswer found = ways(readings_);
    if (found.uncounted || !found.outcome.unknown.empty() || !passes(found.outcome)) return {};
    for (const PairWays& pair : found.pairs) {
      for (const Way& way : pair.ways) {
        if (way.there.passage != Passage::none && !cut(way.there)) return {};
      }
    }
    return holds() ? std::move(lines_) : Lines{};
  }

 private:
  [[nodiscard]] WaysAnswer ways(std::span<const prove::ReadDevice> readings) const {
    constexpr std::size_t most_lines = 64;
    return value(find_ways(intent_, question_, readings,
                           {.pairs = SIZE_MAX, .ways = SIZE_MAX, .lines = most_lines, .outcome = true},
                           budget_));
  }

  // False where no filter of the way has lines of its own that could go.
  bool cut(const Direction& way) {
    std::optional<Lines> best;
    const auto cost = [](const Lines& lines) {
      return std::pair(std::ranges::count_if(lines, &RemovableLine::wanted_too), lines.size());
    };
    for (const WayHop& hop : way.hops) {
      for (const FilterStep& step : hop.steps) {
        std::optional<Lines> lines = permits(hop.device, step);
        if (lines && (!best || cost(*lines) < cost(*best))) best = std::move(lines);
      }
    }
    if (!best) return false;
    for (const RemovableLine& line : *best) {
      const auto same = [&](const RemovableLine& other) { return same_place(line, other); };
      if (std::ranges::none_of(lines_, same)) lines_.push_back(line);
    }
    return true;
  }

  // Every line that lets something pass there.
  std::optional<Lines> permits(ir::DeviceId device, const FilterStep& step) {
    Lines lines;
    for (const DecidingLine& each : step.lines) {
      // What the platform itself permits is mostly of the other family's list.
      if (each.permits && each.line.valid()) lines.push_back({device, each.line, wanted(device, each.line)});
    }
    return step.more || lines.empty() ? std::nullopt : std::optional(std::move(lines));
  }

  [[nodiscard]] const config::Reading& reading(ir::DeviceId device) const {
    return *std::ranges::find(readings_, device, &prove::ReadDevice::device)->reading;
  }

  bool wanted(ir::DeviceId device, source::Range line) {
    const config::Reading& read = reading(device);
    for (const config::Filter& filter : read.device.filters) {
      for (const config::Rule& rule : filter.rules) {
        if (read.line_of(rule) == line && meets_intent(to_match(read.device, rule))) return true;
      }
    }
    return false;
  }
  bool meets_intent(packet::MatchRule rule) {
    rule.action = packet::Action::permit;
    std::vector<packet::MatchRule> near;
    for (const packet::MatchRule& permit : intent_.rules()) {
      if (share_addresses(permit.match, rule.match)) near.push_back(permit);
    }
    if (near.empty()) return false;
    const packet::PacketSet line = value(space_.permitted({&rule, 1}));
    return value(space_.intersect(line, value(space_.permitted(near)))) != space_.empty();
  }

  // The lines are taken out of a copy, which is asked again. An emptied list may mean anything on a platform.
  [[nodiscard]] bool holds() const {
    std::deque<config::Reading> copies;
    std::vector<prove::ReadDevice> readings(readings_.begin(), readings_.end());
    for (prove::ReadDevice& read : readings) {
      if (std::ranges::find(lines_, read.device, &RemovableLine::device) == lines_.end()) continue;
      config::Reading& copy = copies.emplace_back(*read.reading);
      if (!take_out(copy, read.device)) return false;
      read.reading = &copy;
    }
    const WaysAnswer after = ways(readings);
    return !passes(after.outcome) && after.outcome.unknown.empty();
  }
  [[nodiscard]] bool take_out(config::Reading& reading, ir::DeviceId device) const {
    for (config::Filter& filter : reading.device.filters) {
      const auto goes = [&](const config::Rule& rule) {
        const RemovableLine line{.device = device, .line = reading.line_of(rule)};
        return line.line.valid() &&
               std::ranges::any_of(lines_, [&](const RemovableLine& each) { return same_place(each, line); });
      };
      const auto written = [&](const config::Rule& rule) { return reading.line_of(rule).valid(); };
      if (std::erase_if(filter.rules, goes) > 0 && std::ranges::none_of(filter.rules, written)) return false;
    }
    return true;
  }

  const Intent& intent_;
  const ir::FlowSet& question_;
  std::span<const prove::ReadDevice> readings_;
  packet::Budget budget_;
  packet::PacketSpace space_;
  Lines lines_;
};

}  // namespace

packet::Decided<Lines> lines_to_remove(const Intent& intent, const ir::FlowSet& question,
                                       std::span<const prove::ReadDevice> readings,
                                       const packet::Budget& budget) {
  return decide([&] { return Removal(intent, question, readings, budget).run(); });
}

}  // namespace cordon::change
