// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Random numbers that are the same with every standard library.
#ifndef TESTS_SUPPORT_RANDOM_H
#define TESTS_SUPPORT_RANDOM_H

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace cordon::test {

// std::uniform_int_distribution differs between libraries; the remainder does not.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  std::uint32_t below(std::size_t bound) { return static_cast<std::uint32_t>(engine_() % bound); }
  bool chance(std::uint32_t percent) { return below(100) < percent; }
  template <class T>
  const T& pick(const std::vector<T>& items) {
    return items[below(items.size())];
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace cordon::test

#endif  // TESTS_SUPPORT_RANDOM_H
