// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a change of policy opens and what it closes, exactly and by pair of zones.
//
// Policies are compared by the packets that they permit, never by text or names. Only permits that one side
// has and the other has not word for word can make a difference, so a small change of a large policy costs
// one set for each policy and a few small ones; equal sets are equal numbers (see compiler/packet).
#ifndef COMPILER_CHANGE_DIFFERENCE_H
#define COMPILER_CHANGE_DIFFERENCE_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/change/intent.h"
#include "compiler/packet/packet_set.h"

namespace cordon::change {

// The second policy beside the first.
enum class Verdict : std::uint8_t { equal, more_permissive, less_permissive, incomparable };
[[nodiscard]] std::string_view to_string(Verdict verdict);  // `more permissive`
[[nodiscard]] Verdict verdict_of(bool opens, bool closes);

// Packets that one policy permits and the other does not.
struct Side {
  std::vector<packet::Cube> cubes;        // disjoint
  std::optional<packet::Packet> example;  // of them; nothing when there are none
  std::vector<Cause> causes;              // what permits them, in the policy that does
};

struct PairDifference {
  std::string from, to;  // zones, or `device NAME`
  Side opened, closed;
  [[nodiscard]] Verdict verdict() const { return verdict_of(!opened.cubes.empty(), !closed.cubes.empty()); }
};

struct Difference {
  std::vector<PairDifference> pairs;  // those that differ, by name
  std::size_t compared =
      0;  // ordered pairs of zones and devices that either policy permits something between
  [[nodiscard]] Verdict verdict() const;
};

[[nodiscard]] packet::Decided<Difference> compare(const Intent& before, const Intent& after,
                                                  const packet::Budget& budget = {});

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_DIFFERENCE_H
