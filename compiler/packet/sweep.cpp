// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/sweep.h"

#include <algorithm>

namespace cordon::packet {
namespace {

constexpr std::uint64_t event_at(std::uint32_t value, std::uint32_t bucket) {
  return std::uint64_t{value} << 32 | bucket;
}

Family family_of(Level level) {
  return level == Level::first_v4 || level == Level::second_v4 ? Family::ipv4 : Family::ipv6;
}

}  // namespace

Level Sweep::earliest_level(std::span<const Entry> list) const {
  Level earliest = Level::terminal;
  for (const Entry entry : list) earliest = std::min(earliest, lists_->level(part_of(entry)));
  return earliest;
}

void Sweep::start(Level level, std::span<const Entry> list) {
  State& state = at(level);
  ++walk_;
  const std::size_t words = (list.size() + 63) / 64;
  state.part.resize(list.size());
  state.follower.assign(list.size(), nowhere);
  state.words.assign(words, 0);
  state.summary.assign((words + 63) / 64, 0);
  state.buckets.clear();
  state.events.clear();
  state.event = 0;
  state.on_count = state.on_sum = 0;
  state.values_only = true;
  state.phase = State::Phase::before;

  for (std::uint32_t position = 0; position < list.size(); ++position) {
    add_entry(state, level, position, part_of(list[position]));
  }
  for (std::uint32_t bucket = 0; bucket < state.buckets.size(); ++bucket) {
    if (state.buckets[bucket].on) {  // from the first value on: entries joined it after it was made
      state.buckets[bucket].on = false;
      switch_value(state, bucket);
    }
  }
  std::ranges::sort(state.events);
}

void Sweep::add_entry(State& state, Level level, std::uint32_t position, PartId part) {
  if (lists_->level(part) != level) {
    state.part[position] = part;
    set(state, position);
  } else if (RuleLists::is_link(part)) {
    add_link(state, level, position, lists_->link(part));
  } else {
    add_node(state, position, diagram_->edges(part));
  }
}

void Sweep::add_link(State& state, Level level, std::uint32_t position, const Link& link) {
  if (bucket_of_value_.size() <= link.value) {
    bucket_of_value_.resize(link.value + 1);
    walk_of_value_.resize(link.value + 1);
  }
  if (walk_of_value_[link.value] != walk_) {
    walk_of_value_[link.value] = walk_;
    bucket_of_value_[link.value] = add_value(state, family_of(level), link.value);
  }
  Bucket& bucket = state.buckets[bucket_of_value_[link.value]];
  state.part[position] = link.next;
  state.follower[position] = bucket.head;
  bucket.head = position;
}

std::uint32_t Sweep::add_value(State& state, Family family, ValueId value) {
  const auto bucket = static_cast<std::uint32_t>(state.buckets.size());
  state.buckets.emplace_back();
  for (const Stretch& stretch : lists_->domain(family).stretches(value)) {
    if (stretch.first == 0) {
      state.buckets.back().on = true;
    } else {
      state.events.push_back(event_at(stretch.first, bucket));
    }
    if (stretch.end != to_the_end) state.events.push_back(event_at(stretch.end, bucket));
  }
  return bucket;
}

void Sweep::add_node(State& state, std::uint32_t position, std::span<const Edge> edges) {
  state.values_only = false;
  const auto bucket = static_cast<std::uint32_t>(state.buckets.size());
  state.buckets.push_back({position, false, edges.subspan(1)});
  for (const Edge& edge : edges.first(edges.size() - 1)) {
    state.events.push_back(event_at(edge.last + 1, bucket));
  }
  state.part[position] = edges.front().child;
  if (edges.front().child != empty_node) set(state, position);
}

bool Sweep::next(Level level) {
  State& state = at(level);
  if (state.phase == State::Phase::ended) return false;
  if (state.phase == State::Phase::within) {
    const std::uint64_t beyond = event_at(state.last + 1, UINT32_MAX);
    for (; state.event < state.events.size() && state.events[state.event] <= beyond; ++state.event) {
      pass_event(state, static_cast<std::uint32_t>(state.events[state.event]));
    }
  }
  const bool more = state.event < state.events.size();
  state.phase = more ? State::Phase::within : State::Phase::ended;
  state.last = more ? static_cast<std::uint32_t>(state.events[state.event] >> 32) - 1 : to_the_end;
  return true;
}

void Sweep::pass_event(State& state, std::uint32_t index) {
  Bucket& bucket = state.buckets[index];
  if (bucket.edges.empty()) {
    switch_value(state, index);
    return;
  }
  const NodeId child = bucket.edges.front().child;
  bucket.edges = bucket.edges.subspan(1);
  state.part[bucket.head] = child;
  if (child == empty_node) {
    clear(state, bucket.head);
  } else {
    set(state, bucket.head);
  }
}

void Sweep::switch_value(State& state, std::uint32_t index) {
  Bucket& bucket = state.buckets[index];
  bucket.on = !bucket.on;
  state.on_count += bucket.on ? 1U : UINT32_MAX;  // one less, as all of this wraps
  state.on_sum += bucket.on ? index : 0U - index;
  for (std::uint32_t position = bucket.head; position != nowhere; position = state.follower[position]) {
    if (bucket.on) {
      set(state, position);
    } else {
      clear(state, position);
    }
  }
}

std::uint32_t Sweep::key(Level level) const {
  const State& state = at(level);
  if (!state.values_only || state.on_count > 1) return no_key;
  return state.on_count == 0 ? 0 : state.on_sum + 1;
}

void Sweep::set(State& state, std::size_t position) {
  state.words[position / 64] |= std::uint64_t{1} << (position % 64);
  state.summary[position / 4096] |= std::uint64_t{1} << (position / 64 % 64);
}

void Sweep::clear(State& state, std::size_t position) {
  std::uint64_t& word = state.words[position / 64];
  word &= ~(std::uint64_t{1} << (position % 64));
  if (word == 0) state.summary[position / 4096] &= ~(std::uint64_t{1} << (position / 64 % 64));
}

}  // namespace cordon::packet
