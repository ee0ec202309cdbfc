// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/policy_tests.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/change/causes.h"

namespace cordon::change {
namespace {

using packet::Decided;
using packet::PacketSet;
using packet::PacketSpace;

std::string labels(const ir::Policy& policy, const std::vector<ir::EndpointId>& ids) {
  std::string text;
  for (const ir::EndpointId id : ids) text += (text.empty() ? "" : ", ") + policy.endpoints[id].label;
  return text;
}

class Runner {
 public:
  Runner(const Intent& intent, const packet::Budget& budget) : intent_(intent), space_(budget) { expect(); }

  Decided<std::vector<TestResult>> run(std::span<const ir::PolicyTest> tests) {
    const auto whole = space_.permitted(intent_.rules());
    if (!whole) return Unexpected{whole.error()};
    std::vector<TestResult> results;
    for (const ir::PolicyTest& test : tests) {
      auto result = judge(test, *whole);
      if (!result) return Unexpected{result.error()};
      results.push_back(std::move(*result));
    }
    return results;
  }

 private:
  void expect() { expect_addresses(space_, {intent_.rules()}); }

  Decided<TestResult> judge(const ir::PolicyTest& test, const PacketSet& whole) {
    TestResult result;
    result.test = &test;
    result.name = title_of(intent_.policy(), test);
    const Space asked(intent_.policy(), test.traffic);
    const auto set = space_.permitted(asked.rules());
    if (!set) return Unexpected{set.error()};
    if (*set == space_.empty()) {
      result.outcome = Outcome::vacuous;
      return result;
    }
    const auto otherwise = test.allow ? space_.subtract(*set, whole) : space_.intersect(*set, whole);
    if (!otherwise) return Unexpected{otherwise.error()};
    if (*otherwise == space_.empty()) return result;
    result.outcome = Outcome::failed;
    auto cubes = space_.cover(*otherwise);
    if (!cubes) return Unexpected{cubes.error()};
    result.otherwise = std::move(*cubes);
    result.example = space_.witness(*otherwise);
    if (!test.allow) {
      if (auto failed = add_causes(space_, *otherwise, result.otherwise, intent_, result.causes))
        return Unexpected{*failed};
    }
    return result;
  }

  const Intent& intent_;
  PacketSpace space_;
};

}  // namespace

std::string title_of(const ir::Policy& policy, const ir::PolicyTest& test) {
  if (!test.name.empty()) return test.name;
  const std::string services =
      test.traffic.services.valid() ? " " + policy.service_lists[test.traffic.services].label : "";
  return fmt::format("{} -> {}{} is {}", labels(policy, test.traffic.from), labels(policy, test.traffic.to),
                     services, test.allow ? "allowed" : "denied");
}

Decided<std::vector<TestResult>> run_tests(const Intent& intent, std::span<const ir::PolicyTest> tests,
                                           const packet::Budget& budget) {
  return Runner(intent, budget).run(tests);
}

}  // namespace cordon::change
