// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// `at-least`: some path crosses fewer filters.

#include "compiler/check/assertions/raise.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void at_least_broken(const Context& context, Findings& findings) {
  raise_broken(context, ir::Assertion::Kind::at_least, kind::at_least_broken, findings);
}

}  // namespace cordon::check
