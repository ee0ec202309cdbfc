// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Policy tests and what they hold in place, for people, for programs and for CI systems.
#ifndef COMPILER_REPORT_TEST_RESULTS_H
#define COMPILER_REPORT_TEST_RESULTS_H

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "compiler/change/policy_tests.h"
#include "compiler/change/test_strength.h"
#include "compiler/ir/policy.h"
#include "compiler/source/source.h"

namespace cordon::report {

struct TestReport {
  const ir::Policy* policy = nullptr;
  const source::Sources* sources = nullptr;
  std::span<const change::TestResult> results;
  std::size_t left_out = 0;  // by `--filter`
  std::optional<change::Coverage> coverage;
  std::optional<change::MutationResult> mutation;
};

struct TestCounts {
  std::size_t passed = 0, failed = 0, vacuous = 0;
};
[[nodiscard]] TestCounts count(std::span<const change::TestResult> results);

// Tests that do not pass are shown whole, the others with `all` as a line each.
[[nodiscard]] std::string tests_text(const TestReport& report, bool all);
[[nodiscard]] std::string tests_json(const TestReport& report, std::string_view version);
[[nodiscard]] std::string tests_junit(const TestReport& report);

}  // namespace cordon::report

#endif  // COMPILER_REPORT_TEST_RESULTS_H
