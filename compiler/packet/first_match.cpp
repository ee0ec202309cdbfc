// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/first_match.h"

#include <algorithm>

namespace cordon::packet {

FirstMatch::FirstMatch(Diagram& diagram, Sweep& sweep, Work& work)
    : diagram_(&diagram), sweep_(&sweep), work_(&work), kept_(work) {}

NodeId FirstMatch::permitted(std::span<const Entry> list) {
  if (!work_->spend(list.size())) return empty_node;
  scratch_.assign(list.begin(), list.end());
  if (const auto answer = shorten(0)) return *answer;
  const std::vector<Entry> top = std::move(scratch_);
  scratch_.clear();
  return solve_by_field(top);
}

// The list is the top of the stack, from `base` on, and is taken off.
NodeId FirstMatch::solve(std::size_t base) {
  const auto answer = shorten(base);
  if (answer) {
    scratch_.resize(base);
    return *answer;
  }
  sort_runs(base);
  const std::span<const Entry> wanted(scratch_.data() + base, scratch_.size() - base);
  const std::uint32_t key = hash_of(wanted.size(), wanted);
  const std::uint32_t known =
      index_.find(key, [&](std::uint32_t id) { return std::ranges::equal(solved_[id].list, wanted); });
  if (known != HashIndex::none) {
    scratch_.resize(base);
    return solved_[known].node;
  }
  const std::span<const Entry> list = kept_.copy(wanted);
  scratch_.resize(base);
  const NodeId node = solve_by_field(list);
  if (work_->exhausted()) return empty_node;
  index_.insert(key, static_cast<std::uint32_t>(solved_.size()));
  solved_.push_back({list, node});
  work_->allocate(sizeof(Solved) + 16);
  return node;
}

// Drops what cannot matter; answers when nothing is left to ask.
std::optional<NodeId> FirstMatch::shorten(std::size_t base) {
  marks_.begin_list();
  std::size_t size = base;
  for (std::size_t i = base; i < scratch_.size(); ++i) {
    const Entry entry = scratch_[i];
    if (part_of(entry) == empty_node || marks_.mark(part_of(entry)) > 0) continue;
    scratch_[size++] = entry;
    if (part_of(entry) == full_node) break;
  }
  const bool default_permit = size > base && scratch_[size - 1] == make_entry(full_node, true);
  if (default_permit) --size;
  while (size > base && permits(scratch_[size - 1]) == default_permit) --size;
  if (size == base) return default_permit ? full_node : empty_node;
  if (default_permit) scratch_[size++] = make_entry(full_node, true);
  scratch_.resize(size);
  const Entry first = scratch_[base];
  if (size == base + 1 && !RuleLists::is_link(part_of(first))) return part_of(first);
  return std::nullopt;
}

void FirstMatch::sort_runs(std::size_t base) {
  const auto end = scratch_.end();
  for (auto run = scratch_.begin() + static_cast<std::ptrdiff_t>(base); run != end;) {
    const bool action = permits(*run);
    const auto run_end = std::find_if(run, end, [&](Entry entry) { return permits(entry) != action; });
    std::sort(run, run_end);
    run = run_end;
  }
}

NodeId FirstMatch::solve_by_field(std::span<const Entry> list) {
  const Level level = sweep_->earliest_level(list);
  sweep_->start(level, list);
  EdgeList& edges = making_[static_cast<std::size_t>(level)];
  edges.clear();
  by_key_[static_cast<std::size_t>(level)].assign(sweep_->key_count(level), HashIndex::none);
  while (sweep_->next(level)) {
    const NodeId child = solve_stretch(level, list);
    if (work_->exhausted()) return empty_node;
    edges.add(sweep_->last(level), child);
  }
  return diagram_->make(level, edges);
}

NodeId FirstMatch::solve_stretch(Level level, std::span<const Entry> list) {
  std::vector<NodeId>& by_key = by_key_[static_cast<std::size_t>(level)];
  const std::uint32_t key = sweep_->key(level);
  if (key != Sweep::no_key && by_key[key] != HashIndex::none) return by_key[key];

  const std::size_t base = scratch_.size();
  sweep_->alive(level, [&](std::uint32_t position, PartId part) {
    scratch_.push_back(make_entry(part, permits(list[position])));
    return part != full_node;
  });
  if (!work_->spend(scratch_.size() - base + 1)) return empty_node;
  const NodeId node = solve(base);
  if (key != Sweep::no_key) by_key[key] = node;
  return node;
}

}  // namespace cordon::packet
