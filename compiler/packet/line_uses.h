// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Which lines of a first-match list do anything: all of them in one walk.
//
// As in first_match.h, but a list keeps what would match second: at the end of the walk the first
// entry is hit, and it is needed if the second, or the default, decides otherwise. So two copies of
// a part are kept, and the list is cut behind the second entry that matches everything. The memo
// holds the flags of each position of a list.
#ifndef COMPILER_PACKET_LINE_USES_H
#define COMPILER_PACKET_LINE_USES_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "compiler/packet/arena.h"
#include "compiler/packet/diagram.h"
#include "compiler/packet/hash_index.h"
#include "compiler/packet/part_marks.h"
#include "compiler/packet/rule_list.h"
#include "compiler/packet/sweep.h"
#include "compiler/packet/work.h"

namespace cordon::packet {

using UseFlags = std::uint8_t;
inline constexpr UseFlags hit_flag = 1;
inline constexpr UseFlags needed_flag = 2;

class LineUses {
 public:
  LineUses(Sweep& sweep, Work& work);

  // By position. Meaningless once the work is exhausted.
  [[nodiscard]] std::vector<UseFlags> uses(std::span<const Entry> list);

 private:
  struct Solved {
    std::span<const Entry> list;
    std::span<const UseFlags> flags;
  };

  [[nodiscard]] std::span<const UseFlags> solve(std::size_t base);
  void solve_by_field(std::span<const Entry> list, std::span<UseFlags> flags);
  void solve_stretch(Level level, std::span<const Entry> list, std::span<UseFlags> flags);
  void push_alive(Level level, std::span<const Entry> list);

  Sweep* sweep_;
  Work* work_;
  PartMarks marks_;
  std::vector<Entry> scratch_;                       // a stack of lists
  std::vector<std::uint32_t> positions_;             // of each entry there, in the list it came from
  std::array<std::vector<bool>, level_count> done_;  // by key of the walk at that level

  Arena<Entry> kept_;
  Arena<UseFlags> kept_flags_;
  std::vector<Solved> solved_;
  HashIndex index_;
};

}  // namespace cordon::packet

#endif  // COMPILER_PACKET_LINE_USES_H
