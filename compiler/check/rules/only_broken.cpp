// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// `only`: others open what the policy keeps for some.

#include "compiler/check/assertions/raise.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void only_broken(const Context& context, Findings& findings) {
  raise_broken(context, ir::Assertion::Kind::only, kind::only_broken, findings);
}

}  // namespace cordon::check
