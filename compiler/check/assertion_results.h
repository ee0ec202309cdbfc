// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Every assertion with its answer, for reports: what was proved is worth as much as what was not.
#ifndef COMPILER_CHECK_ASSERTION_RESULTS_H
#define COMPILER_CHECK_ASSERTION_RESULTS_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/check/context.h"

namespace cordon::check {

enum class Outcome : std::uint8_t {
  held,       // proved
  vacuous,    // it holds, since nothing it speaks of can occur
  broken,     // there is a counterexample
  undecided,  // the sets are beyond the work limit; nothing was shown
};
[[nodiscard]] std::string_view to_string(Outcome outcome);
[[nodiscard]] std::string_view to_string(ir::Assertion::Kind kind);  // `at-least`

struct AssertionResult {
  const ir::Assertion* assertion = nullptr;
  Outcome outcome = Outcome::held;
  std::string text;  // what was shown, or what breaks it, in one sentence without a full stop
};

// By name.
[[nodiscard]] std::vector<AssertionResult> assertion_results(const Context& context);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_ASSERTION_RESULTS_H
