// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What the memory of filters does not cover: replies that could start a conversation where no filter
// remembers, and devices that remember each for itself on parallel branches.
#ifndef COMPILER_PROVE_MEMORY_H
#define COMPILER_PROVE_MEMORY_H

#include <vector>

#include "compiler/prove/bound_filters.h"
#include "compiler/prove/end_to_end.h"
#include "compiler/prove/forwarding.h"

namespace cordon::prove {

// `bound` by device; nothing for a device that is not configured.
void find_asymmetric_state(const Forwarding& forwarding, const std::vector<const BoundFilters*>& bound,
                           std::vector<Assumption>& assumptions);

// Exact, by zones; what could not be worked out within the budget is undecided.
void find_residue(const Forwarding& forwarding, const std::vector<const BoundFilters*>& bound,
                  const packet::Budget& budget, Proof& proof);

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_MEMORY_H
