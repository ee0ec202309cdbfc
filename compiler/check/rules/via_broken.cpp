// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// `via`: something goes round those that everything has to go through.

#include "compiler/check/assertions/raise.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void via_broken(const Context& context, Findings& findings) {
  raise_broken(context, ir::Assertion::Kind::via, kind::via_broken, findings);
}

}  // namespace cordon::check
