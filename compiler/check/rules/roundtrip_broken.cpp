// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// `roundtrip`: something that is opened gets no answer on some path.

#include "compiler/check/assertions/raise.h"
#include "compiler/check/rules.h"

namespace cordon::check {

void roundtrip_broken(const Context& context, Findings& findings) {
  raise_broken(context, ir::Assertion::Kind::roundtrip, kind::roundtrip_broken, findings);
}

}  // namespace cordon::check
