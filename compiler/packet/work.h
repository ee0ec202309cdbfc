// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// How much work and memory a question may take, and how much it has taken.
//
// Counted, not timed: the same question gives the same answer on every machine.
#ifndef COMPILER_PACKET_WORK_H
#define COMPILER_PACKET_WORK_H

#include <cstddef>
#include <cstdint>

#include "compiler/packet/packet_set.h"

namespace cordon::packet {

class Work {
 public:
  explicit Work(Budget budget) : budget_(budget) {}

  // Before each question; memory is counted over all of them.
  void begin() {
    steps_ = 0;
    exhausted_ = bytes_ > budget_.bytes;
  }

  void allocate(std::size_t bytes) { bytes_ += bytes; }

  // False once the budget is used up: whoever asked returns at once, and keeps no result.
  [[nodiscard]] bool spend(std::size_t steps) {
    steps_ += steps;
    if (steps_ > budget_.steps || bytes_ > budget_.bytes) exhausted_ = true;
    return !exhausted_;
  }

  [[nodiscard]] bool exhausted() const { return exhausted_; }
  [[nodiscard]] Undecided reason() const {
    return {bytes_ > budget_.bytes ? Undecided::Limit::memory : Undecided::Limit::steps};
  }

 private:
  Budget budget_;
  std::uint64_t steps_ = 0;
  std::size_t bytes_ = 0;
  bool exhausted_ = false;
};

}  // namespace cordon::packet

#endif  // COMPILER_PACKET_WORK_H
