// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/read_walk.h"

#include <algorithm>
#include <iterator>

namespace cordon::backends::nftables::reading {
namespace {

using config::Action;
using config::Rule;
using packet::Family;

constexpr std::uint64_t most_steps = 16'000'000;    // entries that are looked at, in all filters together
constexpr std::uint64_t most_rules = 4'000'000;     // in all filters together
constexpr unsigned deepest_nesting_of_ways = 1000;  // jumps, and returns that are gone on from

constexpr std::uint8_t fresh = static_cast<std::uint8_t>(CtState::fresh);
constexpr std::uint8_t untracked = static_cast<std::uint8_t>(CtState::untracked);

}  // namespace

Walker::Walker(Lowering& lowering, const InterfaceClasses& classes, const Kernel& kernel,
               config::Reading& reading)
    : lowering_(lowering),
      classes_(classes),
      kernel_(kernel),
      reading_(reading),
      services_(reading.device, lowering.space()) {}

config::Filter Walker::walk(const Program& program, const Stand& stand, config::FilterId id) {
  program_ = &program;
  stand_ = stand;
  id_ = id;
  filter_ = {};
  stopped_ = false;
  told_.clear();
  candidates_.clear();
  policy_ = lowering_.origin(program.range, "policy of " + program.name);
  Cell seen;
  seen.families = program.families;
  run({program.chapter, 0, nullptr, 0, {}}, seen, true);
  Cell others;
  others.families = static_cast<std::uint8_t>(both_families & ~program.families);
  if (others.families != 0) decide(others, Action::permit, false, policy_);
  return std::move(filter_);
}

void Walker::gap(Range range, const std::string& reason) {
  if (told_.emplace(range, reason).second) reading_.gaps.push_back({range, reason, id_});
}

// The cell with its tests answered, or nothing where they fail here.
std::optional<Cell> Walker::at_stand(Cell cell) const {
  if (stand_.in && !classes_.contains(cell.in, *stand_.in)) return std::nullopt;
  if (stand_.out && !classes_.contains(cell.out, *stand_.out)) return std::nullopt;
  cell.in = cell.out = {};
  return cell;
}

const Walker::Index& Walker::index(const Chapter& chapter) {
  const bool by_in = stand_.in.has_value();
  const auto [found, made] = indices_[by_in ? 0 : 1].try_emplace(&chapter);
  Index& index = found->second;
  if (!made) return index;
  for (std::uint32_t i = 0; i < chapter.entries.size(); ++i) {
    const Cell& cell = chapter.entries[i].cell;
    const InterfaceTestId test = by_in ? cell.in : cell.out;
    if (!test.valid() || classes_.classes(test).negated) {
      index.others.push_back(i);
      continue;
    }
    for (const ClassId id : classes_.classes(test).classes) index.by_class[id].push_back(i);
  }
  return index;
}

const Walker::Candidates& Walker::candidates(const Chapter& chapter) {
  const auto [found, made] = candidates_.try_emplace(&chapter);
  if (!made) return found->second;
  const Index& all = index(chapter);
  const auto own =
      stand_.in || stand_.out ? all.by_class.find(stand_.in ? *stand_.in : *stand_.out) : all.by_class.end();
  if (own == all.by_class.end()) {
    found->second = all.others;
  } else {
    std::ranges::merge(all.others, own->second, std::back_inserter(found->second));
  }
  return found->second;
}

// Entries from the frame's place on, for packets of the path. `to_the_end`: what the chain does not decide
// goes on in its callers here; else the loop of the caller goes on.
void Walker::run(const Frame& frame, const Cell& path, bool to_the_end) {
  if (frame.depth > deepest_jump) {
    gap(frame.chapter->chain->range, "jumps lead too deep here");
    return;
  }
  ++nesting_;
  run_entries(frame, path, to_the_end);
  --nesting_;
}

// Else the filter ends here, with a gap.
bool Walker::within_limits() {
  if (!stopped_ && (++steps_ > most_steps || rules_ > most_rules || nesting_ > deepest_nesting_of_ways)) {
    stopped_ = true;
    gap(program_->range, "the ways through this chain are too many");
  }
  return !stopped_;
}

void Walker::run_entries(const Frame& frame, const Cell& path, bool to_the_end) {
  const Candidates& entries = candidates(*frame.chapter);
  for (std::size_t i = frame.next; i < entries.size() && within_limits(); ++i) {
    const Entry& entry = frame.chapter->entries[entries[i]];
    const auto here = at_stand(entry.cell);
    const auto cell = here ? lowering_.space().both(path, *here) : std::nullopt;
    if (!cell) continue;
    const bool ends = step({frame.chapter, i + 1, frame.parent, frame.depth, frame.reason}, entry, *cell);
    if (ends && *cell == path) return;  // nothing comes any further
  }
  if (to_the_end && !stopped_) end(frame, path);
}

void Walker::end(const Frame& frame, const Cell& path) {
  if (frame.parent != nullptr) {
    run(*frame.parent, path, true);
  } else {
    decide(path, program_->permits ? Action::permit : Action::deny, false, policy_);
  }
}

// A line that refuses and has no comment, as the last one of a chain that only refuses, is there for the line
// that leads to it.
config::OriginId Walker::origin(const Frame& frame, const Entry& entry) const {
  const bool silent = reading_.device.origins[entry.origin].label.empty();
  return silent && frame.reason.valid() ? frame.reason : entry.origin;
}

// Whether every packet of the cell is decided now. `frame` is where the caller goes on.
bool Walker::step(const Frame& frame, const Entry& entry, const Cell& cell) {
  switch (entry.deed) {
    case Deed::accept:
      decide(cell, Action::permit, entry.log, entry.origin);
      return true;
    case Deed::deny:
      decide(cell, Action::deny, entry.log, origin(frame, entry));
      return true;
    case Deed::leave:
      end(frame, cell);
      return true;
    case Deed::go_to:
      run({entry.target, 0, frame.parent, frame.depth + 1, origin(frame, entry)}, cell, true);
      return true;
    case Deed::jump:
      run({entry.target, 0, &frame, frame.depth + 1, origin(frame, entry)}, cell, false);
      return false;
    case Deed::unknown: {
      const Fault& fault = lowering_.faults()[entry.fault];
      gap(fault.range, fault.reason);
      return false;
    }
    case Deed::translate:  // told where chains of type `nat` are looked at
    case Deed::notrack:
      return false;
  }
  return false;
}

void Walker::decide(const Cell& cell, Action action, bool log, config::OriginId origin) {
  Rule rule;
  rule.action = action;
  rule.role = config::Role::flow;
  rule.log = log;
  rule.origin = origin;
  for (const Family family : packet::families) {
    if ((cell.families & family_bit(family)) != 0) decide(cell, family, rule);
  }
}

void Walker::decide(const Cell& cell, Family family, Rule rule) {
  const std::size_t number = family == Family::ipv4 ? 0 : 1;
  rule.family = family;
  rule.source = cell.source.valid() ? cell.source : lowering_.space().any(family);
  rule.destination = cell.destination.valid() ? cell.destination : lowering_.space().any(family);
  const bool reads = cell.transport.valid() && lowering_.space()[cell.transport].reads;
  rule.fragments = cell.fragments;
  if (reads && !kernel_.whole[number])
    rule.fragments &= static_cast<std::uint8_t>(packet::Fragment::first_or_whole);
  if (rule.fragments == 0) return;
  const bool takes_untracked = (cell.states & untracked) != 0;
  if (kernel_.untracked[number]) {
    if (takes_untracked) add(rule, cell, Part::all, packet::any_state);
    return;
  }
  const auto states = static_cast<std::uint8_t>(cell.states & packet::any_state);
  const bool takes_fresh = (states & fresh) != 0;
  if (family == Family::ipv4 || takes_fresh == takes_untracked) {
    add(rule, cell, Part::all, states);
  } else if (takes_fresh) {
    add(rule, cell, Part::tracked, states);
    add(rule, cell, Part::untracked, static_cast<std::uint8_t>(states & ~fresh));
  } else {
    add(rule, cell, Part::all, states);
    add(rule, cell, Part::untracked, fresh);
  }
}

void Walker::add(Rule rule, const Cell& cell, Part part, std::uint8_t states) {
  if (states == 0) return;
  const Services& services = services_.services(cell.transport, rule.family, part);
  if (!services.fault.empty()) {
    gap(reading_.device.origins[rule.origin].range, services.fault);
    return;
  }
  if (!services.id.valid()) return;
  rule.states = states;
  rule.services = services.id;
  filter_.rules.push_back(rule);
  ++rules_;
}

}  // namespace cordon::backends::nftables::reading
