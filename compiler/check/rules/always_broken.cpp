// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// `always`: what the policy says has to be open, is not.

#include "compiler/check/assertions/raise.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void always_broken(const Context& context, Findings& findings) {
  raise_broken(context, ir::Assertion::Kind::always, kind::always_broken, findings);
}

}  // namespace cordon::check
