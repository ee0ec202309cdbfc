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
#include <vector>

#include <nlohmann/json.hpp>

#include "compiler/change/policy_tests.h"
#include "compiler/change/test_strength.h"
#include "compiler/ir/address_names.h"
#include "compiler/ir/policy.h"
#include "compiler/report/formats.h"
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
  std::size_t incomplete = 0;  // only where what runs is asked
};
[[nodiscard]] TestCounts count(std::span<const change::TestResult> results);

// Tests that do not pass are shown whole, the others with `all` as a line each.
[[nodiscard]] std::string tests_text(const TestReport& report, bool all);
// `42 passed, 0 failed; flows pinned 80 % (24/30), before 81 %`
[[nodiscard]] std::string tests_summary(const TestReport& report,
                                        const std::optional<change::Coverage>& before);
[[nodiscard]] nlohmann::ordered_json coverage_json(const change::Coverage& coverage);
[[nodiscard]] nlohmann::ordered_json tests_document(const TestReport& report, std::string_view version);
// What a person needs to mend a test that does not pass, a line each.
[[nodiscard]] std::vector<std::string> test_details(const TestReport& report, const ir::AddressNames& names,
                                                    const change::TestResult& result);
[[nodiscard]] Suite tests_suite(const TestReport& report);
[[nodiscard]] std::string tests_json(const TestReport& report, std::string_view version);
[[nodiscard]] std::string tests_junit(const TestReport& report);

}  // namespace cordon::report

#endif  // COMPILER_REPORT_TEST_RESULTS_H
