// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Walks one field over a list of entries: for every stretch of its values, which entries are alive
// and what is left of them.
//
// Entries that look at the same value of the field share a bucket, so ten thousand rules from one
// zone start and end together. Alive entries are bits over the positions of the list, with a
// summary bit for each word: they are read off in order, and nothing is merged or sorted again.
#ifndef COMPILER_PACKET_SWEEP_H
#define COMPILER_PACKET_SWEEP_H

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "compiler/packet/diagram.h"
#include "compiler/packet/rule_list.h"

namespace cordon::packet {

class Sweep {
 public:
  Sweep(const Diagram& diagram, const RuleLists& lists) : diagram_(&diagram), lists_(&lists) {}

  // The earliest level that any of the entries asks for.
  [[nodiscard]] Level earliest_level(std::span<const Entry> list) const;

  // Begins a walk. Each level has its own state, and a walk may begin others at later levels.
  void start(Level level, std::span<const Entry> list);

  // Goes to the next stretch of values; false at the end.
  [[nodiscard]] bool next(Level level);

  // Of the current stretch: its last value, and `see(position, part)` for each alive entry in
  // order, until it returns false.
  [[nodiscard]] std::uint32_t last(Level level) const { return at(level).last; }
  template <class See>
  void alive(Level level, See see) const;

  // What the alive entries are, when one word says it: all that no bucket governs, plus at most one
  // bucket. Equal keys of one walk mean equal lists.
  static constexpr std::uint32_t no_key = UINT32_MAX;
  [[nodiscard]] std::uint32_t key(Level level) const;
  [[nodiscard]] std::size_t key_count(Level level) const { return at(level).buckets.size() + 1; }

 private:
  static constexpr std::uint32_t nowhere = UINT32_MAX;

  // The positions of one value, which goes on and off, or of one node, which goes edge by edge.
  struct Bucket {
    std::uint32_t head = nowhere;  // its positions, linked by `follower`
    bool on = false;
    std::span<const Edge> edges;  // still to come; of a value: none
  };
  struct State {
    std::vector<PartId> part;             // by position: what is left of the entry
    std::vector<std::uint32_t> follower;  // by position: next of its bucket
    std::vector<std::uint64_t> words, summary;
    std::vector<Bucket> buckets;
    std::vector<std::uint64_t> events;  // value << 32 | bucket, ascending
    std::size_t event = 0;
    std::uint32_t last = 0;
    std::uint32_t on_count = 0, on_sum = 0;  // of value buckets
    bool values_only = true;
    enum class Phase : std::uint8_t { before, within, ended } phase = Phase::before;
  };

  [[nodiscard]] State& at(Level level) { return states_[static_cast<std::size_t>(level)]; }
  [[nodiscard]] const State& at(Level level) const { return states_[static_cast<std::size_t>(level)]; }

  static void set(State& state, std::size_t position);
  static void clear(State& state, std::size_t position);
  static void pass_event(State& state, std::uint32_t index);
  static void switch_value(State& state, std::uint32_t index);
  void add_entry(State& state, Level level, std::uint32_t position, PartId part);
  void add_link(State& state, Level level, std::uint32_t position, const Link& link);
  [[nodiscard]] std::uint32_t add_value(State& state, Family family, ValueId value);
  static void add_node(State& state, std::uint32_t position, std::span<const Edge> edges);

  const Diagram* diagram_;
  const RuleLists* lists_;
  std::array<State, level_count> states_;
  std::vector<std::uint32_t> bucket_of_value_;  // valid where `walk_of_value_` says this walk
  std::vector<std::uint64_t> walk_of_value_;
  std::uint64_t walk_ = 0;
};

template <class See>
void Sweep::alive(Level level, See see) const {
  const State& state = at(level);
  for (std::size_t group = 0; group < state.summary.size(); ++group) {
    for (std::uint64_t some = state.summary[group]; some != 0; some &= some - 1) {
      const std::size_t word = group * 64 + static_cast<std::size_t>(std::countr_zero(some));
      for (std::uint64_t bits = state.words[word]; bits != 0; bits &= bits - 1) {
        const std::size_t position = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        if (!see(static_cast<std::uint32_t>(position), state.part[position])) return;
      }
    }
  }
}

}  // namespace cordon::packet

#endif  // COMPILER_PACKET_SWEEP_H
