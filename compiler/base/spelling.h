// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// "Did you mean": the nearest of the legal names to one that was written.
//
// Distance is Damerau-Levenshtein (insert, delete, replace, swap of neighbours), where upper and
// lower case, and `_` and `-`, count as the same letter. A name farther away than a third of its
// length is no suggestion. Of equally near names the first in the alphabet wins, so that the
// answer does not depend on the order of the candidates.
//
// One search is linear in the candidates. Whoever reports very many unknown names should search
// for the first hundred only.
#ifndef COMPILER_BASE_SPELLING_H
#define COMPILER_BASE_SPELLING_H

#include <cstddef>
#include <string_view>

namespace cordon {

// The distance, or `limit + 1` for anything beyond `limit`.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

class NearestName {
 public:
  explicit NearestName(std::string_view wanted);

  void consider(std::string_view candidate);

  // Empty when nothing was near enough. Views what was passed to `consider`.
  [[nodiscard]] std::string_view result() const { return best_; }

 private:
  std::string_view wanted_;
  std::string_view best_;
  std::size_t limit_;  // what a candidate may cost at most
};

template <class Candidates>
[[nodiscard]] std::string_view nearest_name(std::string_view wanted, const Candidates& candidates) {
  NearestName nearest(wanted);
  for (const auto& candidate : candidates) nearest.consider(candidate);
  return nearest.result();
}

}  // namespace cordon

#endif  // COMPILER_BASE_SPELLING_H
