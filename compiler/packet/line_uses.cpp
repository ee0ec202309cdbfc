// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/line_uses.h"

#include <algorithm>

namespace cordon::packet {
namespace {

// The flags of an entry that is hit, when all that would match next is known.
UseFlags flags_of_hit(bool permit, bool next_permits) {
  return permit == next_permits ? hit_flag : hit_flag | needed_flag;
}

}  // namespace

LineUses::LineUses(Sweep& sweep, Work& work) : sweep_(&sweep), work_(&work), kept_(work), kept_flags_(work) {}

// The list itself is not kept: its parts mean something in this question only.
std::vector<UseFlags> LineUses::uses(std::span<const Entry> list) {
  scratch_.clear();
  positions_.clear();
  std::vector<UseFlags> flags(list.size());
  if (list.empty() || !work_->spend(list.size())) return flags;
  if (sweep_->earliest_level(list) == Level::terminal) {
    flags[0] = flags_of_hit(permits(list[0]), list.size() > 1 && permits(list[1]));
  } else {
    solve_by_field(list, flags);
  }
  return flags;
}

// The list is the top of the stack, from `base` on, and is taken off.
std::span<const UseFlags> LineUses::solve(std::size_t base) {
  const std::span<const Entry> wanted(scratch_.data() + base, scratch_.size() - base);
  if (wanted.empty()) return {};
  const std::uint32_t key = hash_of(wanted.size(), wanted);
  const std::uint32_t known =
      index_.find(key, [&](std::uint32_t id) { return std::ranges::equal(solved_[id].list, wanted); });
  if (known != HashIndex::none) {
    scratch_.resize(base);
    return solved_[known].flags;
  }
  const std::span<const Entry> list = kept_.copy(wanted);
  scratch_.resize(base);
  const std::span<UseFlags> flags = kept_flags_.take(list.size());
  std::ranges::fill(flags, UseFlags{0});
  if (list.size() == 1) {
    flags[0] = flags_of_hit(permits(list[0]), false);
  } else if (part_of(list[0]) == full_node && part_of(list[1]) == full_node) {
    flags[0] = flags_of_hit(permits(list[0]), permits(list[1]));
  } else {
    solve_by_field(list, flags);
  }
  if (work_->exhausted()) return flags;
  index_.insert(key, static_cast<std::uint32_t>(solved_.size()));
  solved_.push_back({list, flags});
  work_->allocate(sizeof(Solved) + 16);
  return flags;
}

void LineUses::solve_by_field(std::span<const Entry> list, std::span<UseFlags> flags) {
  const Level level = sweep_->earliest_level(list);
  sweep_->start(level, list);
  done_[static_cast<std::size_t>(level)].assign(sweep_->key_count(level), false);
  while (!work_->exhausted() && sweep_->next(level)) solve_stretch(level, list, flags);
}

void LineUses::solve_stretch(Level level, std::span<const Entry> list, std::span<UseFlags> flags) {
  const std::uint32_t key = sweep_->key(level);
  if (key != Sweep::no_key) {
    std::vector<bool>& done = done_[static_cast<std::size_t>(level)];
    if (done[key]) return;
    done[key] = true;
  }
  const std::size_t base = scratch_.size();
  const std::size_t positions_base = positions_.size();
  push_alive(level, list);
  if (work_->spend(scratch_.size() - base + 1)) {
    const std::span<const UseFlags> found = solve(base);
    for (std::size_t i = 0; i < found.size(); ++i) flags[positions_[positions_base + i]] |= found[i];
  }
  scratch_.resize(base);
  positions_.resize(positions_base);
}

void LineUses::push_alive(Level level, std::span<const Entry> list) {
  marks_.begin_list();
  unsigned full = 0;
  sweep_->alive(level, [&](std::uint32_t position, PartId part) {
    if (marks_.mark(part) == 2) return true;
    scratch_.push_back(make_entry(part, permits(list[position])));
    positions_.push_back(position);
    if (part == full_node) ++full;
    return full < 2;
  });
}

}  // namespace cordon::packet
