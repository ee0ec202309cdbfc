// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// From syntax trees to a policy in which every name has a meaning.
#ifndef COMPILER_RESOLVE_RESOLVE_H
#define COMPILER_RESOLVE_RESOLVE_H

#include <optional>
#include <string>
#include <string_view>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/ir/policy.h"
#include "compiler/resolve/project.h"

namespace cordon::resolve {

// Every fault of the project is reported in one run; there is a policy only when there is none. The
// result does not depend on the order of items or files. Near-linear in the size of the project.
[[nodiscard]] std::optional<ir::Policy> resolve(const Project& project,
                                                diagnostics::Diagnostics& diagnostics);

}  // namespace cordon::resolve

#endif  // COMPILER_RESOLVE_RESOLVE_H
