// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// `never`: what the policy says must not be, is.

#include "compiler/check/assertions/raise.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void never_broken(const Context& context, Findings& findings) {
  raise_broken(context, ir::Assertion::Kind::never, kind::never_broken, findings);
}

}  // namespace cordon::check
