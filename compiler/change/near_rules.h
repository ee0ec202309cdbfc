// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Which rules share addresses with others, or with both ends of a question; the rest decide nothing about it.
#ifndef COMPILER_CHANGE_NEAR_RULES_H
#define COMPILER_CHANGE_NEAR_RULES_H

#include <array>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "compiler/config/device.h"
#include "compiler/ir/policy.h"
#include "compiler/packet/match.h"

namespace cordon::change {

// By addresses alone, of one family.
[[nodiscard]] bool share_addresses(const packet::Match& a, const packet::Match& b);
[[nodiscard]] bool joins(const packet::Match& match, const ir::Addresses& from, const ir::Addresses& to);

// The same of rules of filters, with what was found out already.
class NearRules {
 public:
  NearRules() = default;
  // Both ends have to last as long.
  NearRules(const ir::Addresses& from, const ir::Addresses& to) : ends_{&from, &to} {}

  // Positions of rules, in order, of a filter of what was read of the device.
  [[nodiscard]] std::vector<std::size_t> of(ir::DeviceId device, const config::Device& read,
                                            const config::Filter& filter);

 private:
  using Meets = std::map<std::pair<ir::DeviceId, config::AddressSetId>, bool>;

  std::array<const ir::Addresses*, 2> ends_{};
  std::array<Meets, 2> meets_;  // what was found out already
};

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_NEAR_RULES_H
