// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Which parts a list already holds. A mark is a number that no earlier list used, so nothing is
// ever cleared.
#ifndef COMPILER_PACKET_PART_MARKS_H
#define COMPILER_PACKET_PART_MARKS_H

#include <cstddef>
#include <cstdint>
#include <vector>

#include "compiler/packet/rule_list.h"

namespace cordon::packet {

class PartMarks {
 public:
  void begin_list() { list_ += 2; }

  // How often the part was marked since, 0, 1 or 2, before this time.
  unsigned mark(PartId part) {
    std::vector<std::uint64_t>& marks = RuleLists::is_link(part) ? links_ : nodes_;
    const std::size_t index = part & ~link_bit;
    if (marks.size() <= index) marks.resize(index + index / 2 + 1);
    std::uint64_t& mark = marks[index];
    if (mark < list_) {
      mark = list_;
      return 0;
    }
    if (mark > list_) return 2;
    mark = list_ + 1;
    return 1;
  }

 private:
  std::uint64_t list_ = 0;
  std::vector<std::uint64_t> nodes_, links_;
};

}  // namespace cordon::packet

#endif  // COMPILER_PACKET_PART_MARKS_H
