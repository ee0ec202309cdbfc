// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Assertions that do not hold, as findings.
#ifndef COMPILER_CHECK_ASSERTIONS_RAISE_H
#define COMPILER_CHECK_ASSERTIONS_RAISE_H

#include <string>
#include <string_view>

#include "compiler/check/context.h"
#include "compiler/check/finding.h"

namespace cordon::check {

using AssertionKind = diagnostics::Kind<std::string_view, std::string>;

[[nodiscard]] std::string element_of(const ir::Assertion& assertion);  // `assertion:no-internet-pumps`

// Those of one kind that are broken or undecided.
void raise_broken(const Context& context, ir::Assertion::Kind which, const AssertionKind& kind,
                  Findings& findings);

}  // namespace cordon::check

#endif  // COMPILER_CHECK_ASSERTIONS_RAISE_H
