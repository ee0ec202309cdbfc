// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The least edits that turn an answer round.
//
// An edit that does exactly what is asked comes before one that is shorter and does more; the latter is
// offered beside it, with what else it would open or close. Every proposal is tried on a copy of the policy.
#ifndef COMPILER_CHANGE_PROPOSALS_H
#define COMPILER_CHANGE_PROPOSALS_H

#include <vector>

#include "compiler/change/inquiry.h"
#include "compiler/change/why.h"

namespace cordon::change {

// More lines than these are not proposed to be edited: the question is too wide for advice.
inline constexpr std::size_t most_edits = 8;

// To open what is denied, to close what is allowed. None where no edit of conduits and zones would do.
[[nodiscard]] std::vector<Proposal> propose(Inquiry& inquiry, const Why& why);

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_PROPOSALS_H
