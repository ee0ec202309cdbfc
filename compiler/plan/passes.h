// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Optimisation: fewer lines that say the same.
//
// A pass works on the filters of one device. It changes neither what a filter permits nor what it logs, and
// it touches no two rules together whose role, logging, states or fragments differ. Developer builds compare
// every filter before and after each pass as sets; the proofs, which know nothing of passes, judge what comes
// out.
#ifndef COMPILER_PLAN_PASSES_H
#define COMPILER_PLAN_PASSES_H

#include <span>
#include <string_view>
#include <vector>

#include "compiler/config/device.h"

namespace cordon::plan {

class RuleUses;

struct Pass {
  std::string_view name;     // `drop-shadowed`
  std::string_view summary;  // what it does, in a few words
  void (*run)(config::Device& device, RuleUses& uses);
};

// In the order in which they run.
[[nodiscard]] std::span<const Pass> passes();
[[nodiscard]] const Pass* find_pass(std::string_view name);

// Near-linear in the number of rules, save where thousands of rules are implied by far ones; see
// pass_drop.cpp.
void optimise(config::Device& device, std::span<const Pass* const> chosen);

void drop_shadowed(config::Device& device, RuleUses& uses);
void drop_implied(config::Device& device, RuleUses& uses);
void merge_services(config::Device& device, RuleUses& uses);
void merge_destinations(config::Device& device, RuleUses& uses);
void merge_sources(config::Device& device, RuleUses& uses);
void replies_first(config::Device& device, RuleUses& uses);

}  // namespace cordon::plan

#endif  // COMPILER_PLAN_PASSES_H
