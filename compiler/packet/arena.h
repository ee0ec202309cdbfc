// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Memory that grows and never moves, so that spans into it stay good while more is added.
#ifndef COMPILER_PACKET_ARENA_H
#define COMPILER_PACKET_ARENA_H

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "compiler/packet/work.h"

namespace cordon::packet {

template <class T>
class Arena {
 public:
  explicit Arena(Work& work) : work_(&work) {}

  [[nodiscard]] std::span<T> copy(std::span<const T> items) {
    const std::span<T> place = take(items.size());
    std::copy(items.begin(), items.end(), place.begin());
    return place;
  }

  [[nodiscard]] std::span<T> take(std::size_t count) {
    if (count > free_.size()) add_chunk(count);
    const std::span<T> place = free_.first(count);
    free_ = free_.subspan(count);
    return place;
  }

 private:
  static constexpr std::size_t smallest = 256;
  static constexpr std::size_t largest = std::size_t{1} << 16;

  void add_chunk(std::size_t at_least) {
    const std::size_t size = std::max(at_least, next_size_);
    next_size_ = std::min(next_size_ * 2, largest);
    chunks_.push_back(std::make_unique<T[]>(size));
    free_ = {chunks_.back().get(), size};
    work_->allocate(size * sizeof(T));
  }

  Work* work_;
  std::vector<std::unique_ptr<T[]>> chunks_;
  std::span<T> free_;
  std::size_t next_size_ = smallest;
};

}  // namespace cordon::packet

#endif  // COMPILER_PACKET_ARENA_H
