// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Expressions of the command line, with messages that point into them.
#ifndef COMPILER_CLI_EXPRESSION_H
#define COMPILER_CLI_EXPRESSION_H

#include <optional>
#include <string>

#include "compiler/cli/pipeline.h"
#include "compiler/ir/flow_set.h"

namespace cordon::cli {

// The project has to be loaded. What is wrong stands in its diagnostics; the answer is nothing then.
[[nodiscard]] std::optional<ir::Addresses> read_set(Compilation& compilation, const std::string& text);
[[nodiscard]] std::optional<ir::FlowSet> read_flow(Compilation& compilation, const std::string& text);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_EXPRESSION_H
