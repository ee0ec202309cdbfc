// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Which flows could go without closing anything, because others open all that they open.
//
// The answer is exact: a flow is superfluous when each of its packets lies in another flow, be it one or the
// union of many. What is found may be taken out all at once: nothing closes, and every flow that stays is
// then needed. So of two equal flows only the later one is found, and of a circle of flows that cover each
// other as many as can go together.
#ifndef COMPILER_CHECK_SUPERFLUOUS_H
#define COMPILER_CHECK_SUPERFLUOUS_H

#include <cstdint>
#include <span>
#include <vector>

#include "compiler/check/finding.h"
#include "compiler/packet/packet_set.h"

namespace cordon::check {

enum class Redundancy : std::uint8_t {
  duplicate,  // of one that opens the same and nothing else
  contained,  // in one that opens more
  covered,    // by several, of which none alone holds it
};

struct Superfluous {
  std::uint32_t part = 0;
  Redundancy redundancy = Redundancy::duplicate;
  std::vector<std::uint32_t> by;  // parts that stay; without any of them something would close
};

// In the order of the parts. Undecided only beyond the budget.
[[nodiscard]] packet::Decided<std::vector<Superfluous>> find_superfluous(std::span<const TrafficPart> parts,
                                                                         packet::Budget budget = {});

}  // namespace cordon::check

#endif  // COMPILER_CHECK_SUPERFLUOUS_H
