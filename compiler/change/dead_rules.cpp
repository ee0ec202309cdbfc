// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/dead_rules.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "compiler/change/deciding.h"
#include "compiler/change/near_rules.h"
#include "compiler/prove/filter_sets.h"

namespace cordon::change {
namespace {

using packet::MatchRule;
using packet::PacketSet;

constexpr std::size_t most_covering = 4;

class Finder {
 public:
  explicit Finder(const packet::Budget& budget) : budget_(budget) {}

  DeadRules run(std::span<const prove::ReadDevice> readings) {
    for (const prove::ReadDevice& read : readings) {
      add_blind(read);
      const config::Reading& reading = *read.reading;
      const auto everywhere = [](const config::Gap& gap) { return !gap.filter.valid(); };
      if (std::ranges::any_of(reading.gaps, everywhere)) continue;
      packet::PacketSpace space(budget_);
      prove::expect_addresses(space, reading.device);
      lines_.clear();
      for (const config::FilterId id : reading.device.filters.ids()) {
        if (std::ranges::find(reading.gaps, id, &config::Gap::filter) == reading.gaps.end()) {
          look_at(read, reading.device.filters[id], space);
        } else {
          leave_out(reading, reading.device.filters[id]);
        }
      }
      add_dead();
    }
    return std::move(dead_);
  }

 private:
  // A text that is called from several places is part of several filters: a line is dead in all of them.
  struct Line {
    bool alive = false;
    std::optional<DeadRule> dead;
  };

  void add_blind(const prove::ReadDevice& read) {
    if (read.reading->gaps.empty()) return;
    dead_.blind.push_back(
        {.device = read.device, .not_given = false, .unread = {}, .gaps = read.reading->gaps});
  }

  void leave_out(const config::Reading& reading, const config::Filter& filter) {
    for (const config::Rule& rule : filter.rules) {
      if (const source::Range line = reading.line_of(rule); line.valid()) lines_[line].alive = true;
    }
  }

  void look_at(const prove::ReadDevice& read, const config::Filter& filter, packet::PacketSpace& space) {
    const config::Reading& reading = *read.reading;
    std::vector<MatchRule> rules;
    for (const config::Rule& rule : filter.rules) rules.push_back(to_match(reading.device, rule));
    const std::vector<packet::LineUse> uses = value(space.analyze(rules));
    std::map<source::Range, std::vector<std::size_t>> by_line;
    for (std::size_t rule = 0; rule < rules.size(); ++rule) {
      const source::Range line = reading.line_of(filter.rules[rule]);
      if (line.valid()) by_line[line].push_back(rule);
    }
    for (const auto& [line, own] : by_line) {
      Line& known = lines_[line];
      known.alive = known.alive || std::ranges::any_of(own, [&](std::size_t rule) { return uses[rule].hit; });
      if (known.alive || known.dead) continue;
      known.dead = {.device = read.device, .filter = filter.name, .line = line, .covered_by = {}};
      known.dead->permits = rules[own.front()].action == packet::Action::permit;
      for (const std::size_t rule : own) find_covering(read, filter, rules, rule, space, *known.dead);
    }
  }

  void add_dead() {
    dead_.lines += lines_.size();
    for (auto& [line, known] : lines_) {
      if (!known.alive) dead_.found.push_back(std::move(*known.dead));
    }
  }

  // Who takes the packets of the rule, one after the other.
  static void find_covering(const prove::ReadDevice& read, const config::Filter& filter,
                            const std::vector<MatchRule>& rules, std::size_t dead, packet::PacketSpace& space,
                            DeadRule& found) {
    const auto alone = [&](std::size_t rule) {
      MatchRule permit = rules[rule];
      permit.action = packet::Action::permit;
      return value(space.permitted({&permit, 1}));
    };
    PacketSet rest = alone(dead);
    for (std::size_t rule = 0; rule < dead && rest != space.empty(); ++rule) {
      if (!share_addresses(rules[rule].match, rules[dead].match)) continue;
      const PacketSet taken = value(space.intersect(rest, alone(rule)));
      if (taken == space.empty()) continue;
      rest = value(space.subtract(rest, taken));
      const bool permits = rules[rule].action == packet::Action::permit;
      found.otherwise = found.otherwise || permits != found.permits;
      add(found, {.device = read.device,
                  .line = read.reading->line_of(filter.rules[rule]),
                  .permits = permits,
                  .narrow = true});
    }
  }

  static void add(DeadRule& found, const RunningRule& rule) {
    if (!rule.line.valid() || found.covered_by.size() == most_covering) return;
    if (std::ranges::find(found.covered_by, rule.line, &RunningRule::line) == found.covered_by.end())
      found.covered_by.push_back(rule);
  }

  packet::Budget budget_;
  std::map<source::Range, Line> lines_;  // of one device
  DeadRules dead_;
};

}  // namespace

packet::Decided<DeadRules> find_dead_rules(std::span<const prove::ReadDevice> readings,
                                           const packet::Budget& budget) {
  return decide([&] { return Finder(budget).run(readings); });
}

}  // namespace cordon::change
