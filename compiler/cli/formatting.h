// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Which files of a run are not in canonical form, and what they would be.
#ifndef COMPILER_CLI_FORMATTING_H
#define COMPILER_CLI_FORMATTING_H

#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/resolve/project.h"
#include "compiler/source/source.h"

namespace cordon::cli {

// Nothing when the file is not to be touched: what is wrong with it is in the diagnostics.
[[nodiscard]] std::optional<std::string> canonical_text(const source::Sources& sources, source::FileId file,
                                                        diagnostics::Diagnostics& diagnostics);

// The files of a project that are written by hand in YAML: none of the library, no inventory.
[[nodiscard]] std::vector<source::FileId> policy_files(const resolve::Project& project);

// One message, at the first line that would change.
void report_not_formatted(const source::Sources& sources, source::FileId file, const std::string& canonical,
                          diagnostics::Diagnostics& diagnostics);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_FORMATTING_H
