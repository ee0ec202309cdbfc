// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Policy tests: questions with their answers, answered for every packet they speak of.
//
// `allow` holds when everything it names is permitted, `deny` when nothing of it is. A test that fails shows
// exactly the packets that are otherwise, one of them, and what permits them.
#ifndef COMPILER_CHANGE_POLICY_TESTS_H
#define COMPILER_CHANGE_POLICY_TESTS_H

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compiler/change/intent.h"
#include "compiler/change/running.h"
#include "compiler/packet/packet_set.h"

namespace cordon::change {

enum class Outcome : std::uint8_t {
  passed,
  failed,
  vacuous,     // it speaks of no packet at all: its ends have no family, or its services no place, in common
  incomplete,  // asked of what runs: what decides is not understood
};

struct TestResult {
  const ir::PolicyTest* test = nullptr;
  std::string name;  // its own, or what it asks
  Outcome outcome = Outcome::passed;
  std::vector<packet::Cube> otherwise;    // of a failed test: what is denied, or permitted, against it; of
                                          // an incomplete one what is unknown
  std::optional<packet::Packet> example;  // of these
  std::vector<Cause> causes;              // of a failed `deny`: what permits them
  // Asked of what runs: lines that let them pass, or refuse them, and what is not understood.
  std::vector<RunningRule> by{};
  std::vector<Blind> blind{};
};

// Its own name, or what it asks: `pumps -> gateway tcp/443 is allowed`.
[[nodiscard]] std::string title_of(const ir::Policy& policy, const ir::PolicyTest& test);

// In the order of the policy.
[[nodiscard]] packet::Decided<std::vector<TestResult>> run_tests(const Intent& intent,
                                                                 std::span<const ir::PolicyTest> tests,
                                                                 const packet::Budget& budget = {});

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_POLICY_TESTS_H
