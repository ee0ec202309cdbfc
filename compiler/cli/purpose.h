// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The file in which a change says what it is to do. What it opens is in the words of the policy afterwards,
// what it closes in those of the policy before.
#ifndef COMPILER_CLI_PURPOSE_H
#define COMPILER_CLI_PURPOSE_H

#include <optional>
#include <string>

#include "compiler/change/purpose.h"
#include "compiler/cli/comparison.h"

namespace cordon::cli {

// Both sides have to be loaded. What is wrong stands in the diagnostics of the side whose words it is; the
// answer is nothing then.
[[nodiscard]] std::optional<change::Purpose> read_purpose(Comparison& comparison, const std::string& path);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_PURPOSE_H
