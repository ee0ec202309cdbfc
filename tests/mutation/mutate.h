// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Mistakes that a person, a merge or a script makes in a configuration, one at a time.
#ifndef TESTS_MUTATION_MUTATE_H
#define TESTS_MUTATION_MUTATE_H

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::test {

struct Mutant {
  std::string_view kind;  // `drop a line`
  std::size_t line = 0;   // counted from one
  std::string text;
};

// Draws mutants of one text. The same seed gives the same mutants.
class Mutator {
 public:
  Mutator(std::string_view text, std::uint64_t seed);

  // Nothing where the drawn mistake cannot be made at the drawn line, or changes nothing.
  [[nodiscard]] std::optional<Mutant> next();

 private:
  [[nodiscard]] std::size_t draw(std::size_t count);

  std::vector<std::string> lines_;
  std::mt19937_64 random_;
};

}  // namespace cordon::test

#endif  // TESTS_MUTATION_MUTATE_H
