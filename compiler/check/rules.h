// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a file of rules/ includes: its own declaration and what checks speak in.
#ifndef COMPILER_CHECK_RULES_H
#define COMPILER_CHECK_RULES_H

#include "compiler/check/context.h"
#include "compiler/check/finding.h"
#include "compiler/check/roles.h"

namespace cordon::check {

#define CORDON_RULE(name, profile, waivable, purpose, harm) void name(const Context&, Findings&);
#define CORDON_RULE_AFTER(name, profile, waivable, purpose, harm)
#include "compiler/check/rules.def"
#undef CORDON_RULE_AFTER
#undef CORDON_RULE

}  // namespace cordon::check

#endif  // COMPILER_CHECK_RULES_H
