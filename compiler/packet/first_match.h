// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// From a first-match list to its canonical diagram, top down.
//
// The list is swept over its earliest field; each stretch of values leaves a shorter list of what
// remains of the rules, which is solved the same way. Equal lists are solved once: before it is
// looked up a list is cut where nothing behind can matter, copies are dropped, and neighbours with
// one action are sorted, since their order says nothing.
//
// Rules are never inserted one by one: that copies the top node each time and is quadratic.
#ifndef COMPILER_PACKET_FIRST_MATCH_H
#define COMPILER_PACKET_FIRST_MATCH_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
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

class FirstMatch {
 public:
  FirstMatch(Diagram& diagram, Sweep& sweep, Work& work);

  // What the list permits. Meaningless once the work is exhausted.
  [[nodiscard]] NodeId permitted(std::span<const Entry> list);

 private:
  struct Solved {
    std::span<const Entry> list;
    NodeId node;
  };

  [[nodiscard]] NodeId solve(std::size_t base);
  [[nodiscard]] std::optional<NodeId> shorten(std::size_t base);
  void sort_runs(std::size_t base);
  [[nodiscard]] NodeId solve_by_field(std::span<const Entry> list);
  [[nodiscard]] NodeId solve_stretch(Level level, std::span<const Entry> list);

  Diagram* diagram_;
  Sweep* sweep_;
  Work* work_;
  PartMarks marks_;
  std::vector<Entry> scratch_;  // a stack of lists
  std::array<EdgeList, level_count> making_;
  std::array<std::vector<NodeId>, level_count> by_key_;  // of the walk at that level

  // Lives exactly as long as the numbers in it mean what they meant.
  Arena<Entry> kept_;
  std::vector<Solved> solved_;
  HashIndex index_;
};

}  // namespace cordon::packet

#endif  // COMPILER_PACKET_FIRST_MATCH_H
