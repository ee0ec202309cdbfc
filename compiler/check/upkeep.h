// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a project can be asked to keep up.
#ifndef COMPILER_CHECK_UPKEEP_H
#define COMPILER_CHECK_UPKEEP_H

#include "compiler/ir/policy.h"

namespace cordon::check {

// A module defines it: the project takes it in whole and cannot write into it.
[[nodiscard]] inline bool is_of_module(const ir::Conduit& conduit) {
  return conduit.name.find('.') != std::string::npos;
}

}  // namespace cordon::check

#endif  // COMPILER_CHECK_UPKEEP_H
