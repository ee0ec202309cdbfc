// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What each rule of a device's filters does, for all passes that ask.
//
// The answer for a whole filter costs most of what a pass does, and few passes change a filter. So it is kept
// with the rules that it is about, and asked anew where they are no longer the same.
#ifndef COMPILER_PLAN_RULE_USES_H
#define COMPILER_PLAN_RULE_USES_H

#include <map>
#include <optional>
#include <vector>

#include "compiler/config/device.h"
#include "compiler/packet/packet_set.h"

namespace cordon::plan {

class RuleUses {
 public:
  // Sets of the device may join while this lives; none may change.
  explicit RuleUses(const config::Device& device) : device_(device) {}

  // One entry a rule; null when that takes too much work. Valid until the filter is asked about again.
  [[nodiscard]] const std::vector<packet::LineUse>* of(config::FilterId filter);

 private:
  struct Known {
    std::vector<config::Rule> rules;
    std::optional<std::vector<packet::LineUse>> uses;
  };

  void expect_addresses();

  const config::Device& device_;
  std::optional<packet::PacketSpace> space_;  // made for the first question
  std::map<config::FilterId, Known> known_;
};

}  // namespace cordon::plan

#endif  // COMPILER_PLAN_RULE_USES_H
