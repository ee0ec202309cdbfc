// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What somebody may ask about a random policy: ends of its flows, zones and networks, with services of flows
// and others.
#ifndef TESTS_SUPPORT_RANDOM_QUESTION_H
#define TESTS_SUPPORT_RANDOM_QUESTION_H

#include "compiler/ir/flow_set.h"
#include "compiler/ir/policy.h"
#include "tests/support/random.h"

namespace cordon::test {

// The policy has a flow.
[[nodiscard]] ir::FlowSet random_question(const ir::Policy& policy, Random& random);

}  // namespace cordon::test

#endif  // TESTS_SUPPORT_RANDOM_QUESTION_H
