// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The file that a baseline is kept in: JSON, sorted, a line for each key, so that a review shows what was
// added.
#ifndef COMPILER_CLI_BASELINE_FILE_H
#define COMPILER_CLI_BASELINE_FILE_H

#include <optional>
#include <string>

#include "compiler/check/baseline.h"
#include "compiler/diagnostics/diagnostics.h"

namespace cordon::cli {

// Nothing, and a diagnostic, where the file is not there or is no baseline.
[[nodiscard]] std::optional<check::Baseline> read_baseline(const std::string& path,
                                                           diagnostics::Diagnostics& diagnostics);

// Replaces nothing but a baseline. Beside its place first, then with one rename: whoever reads it sees the
// old one or the new one. What went wrong otherwise, in words for the user.
[[nodiscard]] std::optional<std::string> write_baseline(const std::string& path,
                                                        const check::Baseline& baseline);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_BASELINE_FILE_H
