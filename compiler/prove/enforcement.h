// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Whether every path between two zones crosses a filter.
#ifndef COMPILER_PROVE_ENFORCEMENT_H
#define COMPILER_PROVE_ENFORCEMENT_H

#include <vector>

#include "compiler/prove/bound_filters.h"
#include "compiler/prove/end_to_end.h"
#include "compiler/prove/forwarding.h"

namespace cordon::prove {

// `bound` by device; nothing for a device that is not configured.
void check_enforcement(const Forwarding& forwarding, const std::vector<const BoundFilters*>& bound,
                       std::vector<Violation>& violations);

}  // namespace cordon::prove

#endif  // COMPILER_PROVE_ENFORCEMENT_H
