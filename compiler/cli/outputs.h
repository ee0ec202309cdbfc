// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// `--output FORMAT=PATH`: one run, written in as many formats as are asked for.
//
// All or nothing: every file is written beside its place first, and only when all of them are there do they
// take their places, a rename each.
#ifndef COMPILER_CLI_OUTPUTS_H
#define COMPILER_CLI_OUTPUTS_H

#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/report/formats.h"

namespace cordon::cli {

struct Output {
  const report::Format* format = nullptr;
  std::string path;  // `-` is standard output

  [[nodiscard]] bool to_standard_output() const { return path == "-"; }
};

// Says what is not of the form, which format is not known, and which path cannot be written anyway.
[[nodiscard]] std::vector<Output> read_outputs(const std::vector<std::string>& texts,
                                               diagnostics::Diagnostics& diagnostics);

// What went wrong, in words for the user; nothing was written then.
[[nodiscard]] std::optional<std::string> write_outputs(const report::Run& run,
                                                       const std::vector<Output>& outputs);

// `json, sarif, …`, for help and messages.
[[nodiscard]] std::string format_names();

}  // namespace cordon::cli

#endif  // COMPILER_CLI_OUTPUTS_H
