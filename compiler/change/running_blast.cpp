// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/running_blast.h"

#include <algorithm>
#include <array>
#include <utility>

#include "compiler/change/deciding.h"
#include "compiler/change/parties.h"
#include "compiler/change/running_query.h"
#include "compiler/change/twins.h"
#include "compiler/ir/endpoint_addresses.h"

namespace cordon::change {
namespace {

ir::Addresses targets_of(const Part& part) {
  ir::Addresses all;
  for (const packet::Cube& cube : part.cubes)
    all.of(cube.family()) = unite(all.of(cube.family()), cube.destination);
  return all;
}

// Each step asks of those alone who are new: whoever was held before has been asked about everybody.
class RunningSearch {
 public:
  RunningSearch(RunningPermits& running, std::span<const End> ends, const ir::Addresses& set,
                std::size_t limit)
      : running_(running), policy_(running.intent().policy()), twins_(policy_), ends_(ends), limit_(limit) {
    const Blast own = blast_radius(permits_of(running.intent()), policy_, ends, set, limit);
    wanted_ = own.start;
    ir::add(wanted_, own.reached);
    blast_.start = own.start;
  }

  RunningBlast run() {
    ir::Addresses held = search(true);
    blast_.reached = subtract(held, blast_.start);
    surely_held_ = held;
    // Steps count from the start again: what is reached for sure may be reached sooner.
    if (unsure_) held = search(false);
    blast_.possible = subtract(held, blast_.start);
    blast_.kept_out = subtract(wanted_, held);
    add_translating();
    blast_.unknown_leads_nowhere = unsure_ && blast_.blind.empty();
    keep_devices_beside();
    std::ranges::sort(blast_.blind, {}, &Blind::device);
    return std::move(blast_);
  }

 private:
  // Of an end what is not held yet, in parts that are told by themselves.
  enum PartOfEnd : std::uint8_t { in_policy, not_in_policy, surely_held, parts_of_end };

  ir::Addresses search(bool sure) {
    ir::Addresses held = blast_.start, fresh = held;
    for (std::size_t step = 1; (limit_ == 0 || step <= limit_) && !fresh.empty(); ++step) {
      fresh = take(step, fresh, held, sure);
      ir::add(held, fresh);
      if (sure && !fresh.empty()) blast_.steps = step;
    }
    return held;
  }

  [[nodiscard]] std::vector<End> split(const ir::Addresses& held) const {
    std::vector<End> parts;
    for (const End& end : ends_) {
      const ir::Addresses rest = subtract(end.addresses, held), open = subtract(rest, surely_held_);
      for (ir::Addresses part :
           {intersect(open, wanted_), subtract(open, wanted_), intersect(rest, surely_held_)}) {
        parts.push_back(end);
        parts.back().addresses = std::move(part);
      }
    }
    return parts;
  }

  // What is new in the step.
  ir::Addresses take(std::size_t step, const ir::Addresses& from, const ir::Addresses& held, bool sure) {
    const std::vector<End> parts = split(held);
    const RunningEnds answer = value(running_reached_from(running_, parts, from));
    blast_.on_link.insert(blast_.on_link.end(), answer.on_link.begin(), answer.on_link.end());
    ir::Addresses fresh;
    for (const RunningEnd& each : answer.found) {
      ir::add(fresh, targets_of(each.found.through));
      unsure_ = unsure_ || !each.found.unknown.empty();
      if (!sure) ir::add(fresh, targets_of(each.found.unknown));
    }
    twins_.add_to(fresh);
    fresh = subtract(fresh, held);
    for (const RunningEnd& each : answer.found) {
      if (each.end % parts_of_end == surely_held) continue;
      if (!sure) add_blind(each.found.unknown);
      record(step, parts[each.end], each, fresh, sure);
    }
    return fresh;
  }

  void record(std::size_t step, const End& part, const RunningEnd& told, const ir::Addresses& fresh,
              bool sure) {
    RunningBlastEnd end{.step = step,
                        .end = told.end / parts_of_end,
                        .addresses = intersect(part.addresses, fresh),
                        .in_policy = told.end % parts_of_end == in_policy,
                        .connections = told.found.through,
                        .causes = told.found.causes,
                        .beyond = told.found.beyond,
                        .beyond_by = told.found.beyond_by};
    if (end.addresses.empty()) return;
    if (!sure && !told.found.unknown.empty()) {
      const std::vector<packet::Cube>& more = told.found.unknown.cubes;
      end.connections.cubes.insert(end.connections.cubes.end(), more.begin(), more.end());
      end.connections.example = told.found.unknown.example;
    }
    (sure ? blast_.sure : blast_.maybe).push_back(std::move(end));
  }

  // Of the question that was asked last.
  void add_blind(const Part& unknown) {
    if (unknown.empty()) return;
    std::vector<packet::MatchRule> rules;
    rules.reserve(unknown.cubes.size());
    for (const packet::Cube& cube : unknown.cubes) rules.push_back(cube.permit());
    for (Blind& blind : running_.blind_for(value(running_.space().permitted(rules))))
      add_to(blast_.blind, std::move(blind));
  }

  // Who makes other packets of those that come may lead anywhere.
  void add_translating() {
    if (blast_.start.empty()) return;  // nothing was asked
    for (Blind& blind : running_.blind_for(running_.space().empty())) add_to(blast_.blind, std::move(blind));
  }

  // Devices beside hosts that nothing else leads to.
  void keep_devices_beside() {
    ir::Addresses held = blast_.start;
    ir::add(held, blast_.reached);
    std::vector<ir::DeviceId>& devices = blast_.on_link;
    std::ranges::sort(devices);
    devices.erase(std::ranges::unique(devices).begin(), devices.end());
    std::erase_if(devices, [&](ir::DeviceId id) {
      return std::ranges::all_of(policy_.devices[id].interfaces, [&](const ir::Interface& interface) {
        return !interface.network.valid() || is_subset(ir::hosts_of(policy_, interface.network), held);
      });
    });
  }

  RunningPermits& running_;
  const ir::Policy& policy_;
  Twins twins_;
  std::span<const End> ends_;
  std::size_t limit_;
  ir::Addresses wanted_;       // the policy's own radius, with the start
  ir::Addresses surely_held_;  // nothing as long as that is not known
  bool unsure_ = false;        // whether something gets through
  RunningBlast blast_;
};

}  // namespace

packet::Decided<RunningBlast> running_blast_radius(RunningPermits& running, std::span<const End> ends,
                                                   const ir::Addresses& set, std::size_t steps) {
  return decide([&] { return RunningSearch(running, ends, set, steps).run(); });
}

}  // namespace cordon::change
