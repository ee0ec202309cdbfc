// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a project claims of packets: its tests, assertions and waivers, held against a question.
#ifndef COMPILER_CHANGE_STATEMENTS_H
#define COMPILER_CHANGE_STATEMENTS_H

#include <vector>

#include "compiler/change/inquiry.h"

namespace cordon::change {

// What an assertion of the kind `only` claims to be closed: everybody but `from`, to `to`.
[[nodiscard]] ir::FlowSet closed_by_only(const ir::Policy& policy, const ir::Assertion& assertion);

// Those that speak of packets of the question: tests, assertions, waivers, each in the policy's order.
[[nodiscard]] std::vector<Statement> statements_about(Inquiry& inquiry);

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_STATEMENTS_H
