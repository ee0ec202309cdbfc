// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Filters that say the same in the same order, seen without turning them into sets.
//
// Where a text says what was planned, it says it line for line, but for a rule that takes several entries,
// and for what a platform adds at the end. Lists that are equal rule by rule once such entries are joined
// again permit the same; that is proved by looking at them. Nothing follows when they are not: then the sets
// decide.
#ifndef COMPILER_PROVE_SAME_RULES_H
#define COMPILER_PROVE_SAME_RULES_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <vector>

#include "compiler/config/device.h"

namespace cordon::prove {

// What one filter says of one family, in as few rules as joining neighbours gives.
class PlainList {
 public:
  PlainList(const config::Device& device, const config::Filter& filter, packet::Family family);
  ~PlainList() = default;
  PlainList(PlainList&&) = default;  // rows point to sets of their own, which stay where they are
  PlainList& operator=(PlainList&&) = delete;
  PlainList(const PlainList&) = delete;
  PlainList& operator=(const PlainList&) = delete;

  [[nodiscard]] bool permits_everything() const;
  bool operator==(const PlainList& other) const;

 private:
  struct Row {
    packet::Action action = packet::Action::deny;
    const packet::AddressSet* source = nullptr;
    const packet::AddressSet* destination = nullptr;
    const packet::ServiceSet* services = nullptr;
    std::uint8_t fragments = packet::any_fragment, states = packet::any_state;

    [[nodiscard]] bool matches_everything() const;
    bool operator==(const Row& other) const;
  };

  static bool alike(const Row& a, const Row& b);
  template <class Joins, class Join>
  void join(Joins joins, Join join_run);
  void join_addresses(const packet::AddressSet* Row::*field);
  void join_services();
  void drop_the_rest();

  std::vector<Row> rows_;
  std::deque<packet::AddressSet> addresses_;  // of joined rows
  std::deque<packet::ServiceSet> services_;
  bool stateful_ = false;
};

// The filters of two devices.
class SameRules {
 public:
  SameRules(const config::Device& first, const config::Device& second) : devices_{&first, &second} {}

  // True: all of the first let through together what all of the second do. False: that is not plain to see.
  [[nodiscard]] bool are_same(std::span<const config::FilterId> first,
                              std::span<const config::FilterId> second);

 private:
  using Lists = std::array<PlainList, 2>;  // by family
  [[nodiscard]] const Lists& lists_of(std::size_t device, config::FilterId filter);
  [[nodiscard]] std::vector<const PlainList*> closing(std::size_t device,
                                                      std::span<const config::FilterId> filters,
                                                      packet::Family family);

  std::array<const config::Device*, 2> devices_;
  std::array<std::map<config::FilterId, Lists>, 2> known_;
};

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_SAME_RULES_H
