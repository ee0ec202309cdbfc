// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// From one end of an assertion to the other, directly and in steps, while some take no part.
#ifndef COMPILER_CHECK_ASSERTIONS_WAYS_H
#define COMPILER_CHECK_ASSERTIONS_WAYS_H

#include <optional>
#include <vector>

#include "compiler/check/assertions/answer.h"

namespace cordon::check {

struct Ways {
  std::vector<Opening> openings;
  Traffic direct;  // their union, canonical
  Steps::Answer steps;

  [[nodiscard]] bool any() const { return !direct.empty() || !steps.indirect.empty(); }
  // All of it; of ways in steps, who starts them and who is reached.
  [[nodiscard]] Traffic traffic() const;
};

// Nothing when the sets are beyond the limit.
[[nodiscard]] std::optional<Ways> ways_around(const Asked& asked, const ir::Addresses& left_out);
// The counterexample that ways are, where none should be.
[[nodiscard]] Answer broken_by(const Asked& asked, const Ways& ways);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_ASSERTIONS_WAYS_H
