// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/base/spelling.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cordon {
namespace {

// Longer names are never typing errors of each other that a person could not see for himself.
constexpr std::size_t longest = 63;
using Row = std::array<std::size_t, longest + 1>;

char fold(char letter) {
  if (letter >= 'A' && letter <= 'Z') return static_cast<char>(letter - 'A' + 'a');
  return letter == '_' ? '-' : letter;
}

bool swapped(std::string_view a, std::size_t i, std::string_view b, std::size_t j) {
  return i > 1 && j > 1 && fold(a[i - 1]) == fold(b[j - 2]) && fold(a[i - 2]) == fold(b[j - 1]);
}

std::size_t allowed_distance(std::string_view wanted) {
  return std::clamp<std::size_t>(wanted.size() / 3, 1, 3);
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > longest || b.size() > longest) return a == b ? 0 : limit + 1;
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > limit) return limit + 1;

  Row before_last{};
  Row last{};
  Row row{};
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    std::size_t least = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = last[j - 1] + (fold(a[i - 1]) == fold(b[j - 1]) ? 0 : 1);
      row[j] = std::min({replace, last[j] + 1, row[j - 1] + 1});
      if (swapped(a, i, b, j)) row[j] = std::min(row[j], before_last[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    // A swap reaches back over one row, so one row beyond the limit does not end the search.
    if (least > limit + 1) return limit + 1;
    before_last = last;
    last = row;
  }
  return std::min(last[b.size()], limit + 1);
}

NearestName::NearestName(std::string_view wanted) : wanted_(wanted), limit_(allowed_distance(wanted)) {}

void NearestName::consider(std::string_view candidate) {
  const std::size_t distance = edit_distance(wanted_, candidate, limit_);
  // Nothing in common is no suggestion: `x` is not a misspelt `y`.
  if (distance > limit_ || distance >= std::max(wanted_.size(), candidate.size())) return;
  if (distance == limit_ && !best_.empty() && best_ <= candidate) return;
  best_ = candidate;
  limit_ = distance;
}

}  // namespace cordon
