// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A small policy, configurations written out by hand, and the proof of both.
#ifndef TESTS_UNIT_PROVE_PROVED_H
#define TESTS_UNIT_PROVE_PROVED_H

#include <list>
#include <string>
#include <vector>

#include "compiler/prove/end_to_end.h"
#include "tests/support/policy_builder.h"

namespace cordon::prove::testing {

class Proved {
 public:
  // The builder's policy must be settled; every configured device starts without filters and ports.
  explicit Proved(test::PolicyBuilder& builder);

  // A filter at `pumps in`, `pumps out`, `pumps own` or `own` (everywhere); where the platform shows
  // interface filters what is for the device itself, `in` is `own` too. Rules in order, as
  // `permit 10.1.0.0/24 > 10.2.0.0/24 tcp/443`, `deny any > 10.2.0.1`, where a family is told by the first
  // address and is both when there is none; at the end `established`, `new` or `related` restrict the state.
  Proved& filter(const std::string& name, const std::string& place, const std::vector<std::string>& rules);
  config::Device& device(const std::string& name);
  config::Reading& reading(const std::string& name);

  [[nodiscard]] Proof proof(packet::Budget budget = {}) const;
  // `soundness gate pumps in`, one for each violation, joined by `; `; then `undecided`.
  [[nodiscard]] std::string broken(packet::Budget budget = {}) const;
  // The witness of the first violation.
  [[nodiscard]] std::string witness() const;

 private:
  static void add_rule(config::Device& device, config::Filter& filter, const std::string& text);

  ir::Policy policy_;
  std::list<config::Reading> readings_;
  std::vector<ReadDevice> devices_;
};

}  // namespace cordon::prove::testing

#endif  // TESTS_UNIT_PROVE_PROVED_H
