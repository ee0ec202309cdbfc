// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// `--output FORMAT=PATH`: one run, written in as many formats as are asked for.
//
// All or nothing: every file is written beside its place first, and only when all of them are there do they
// take their places, a rename each.
#ifndef COMPILER_CLI_OUTPUTS_H
#define COMPILER_CLI_OUTPUTS_H

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/report/formats.h"

namespace cordon::cli {

struct Output {
  const report::FormatInfo* format = nullptr;
  std::string path;  // `-` is standard output

  [[nodiscard]] bool to_standard_output() const { return path == "-"; }
};

// The formats that a command knows.
using KnownFormats = std::vector<const report::FormatInfo*>;
[[nodiscard]] KnownFormats check_formats();

// Says what is not of the form, which format is not known, and which path cannot be written anyway.
[[nodiscard]] std::vector<Output> read_outputs(const std::vector<std::string>& texts,
                                               const KnownFormats& known,
                                               diagnostics::Diagnostics& diagnostics);

// What is to be written: a text for each output, and the summary for hosts that want one besides.
struct OutputTexts {
  std::vector<std::string> texts;
  std::function<std::string()> summary;
};

// What went wrong, in words for the user; nothing was written then. `commit` is asked when all files are
// there and before the first takes its place; what it says goes wrong stops everything.
using Commit = std::function<std::optional<std::string>()>;
[[nodiscard]] std::optional<std::string> write_outputs(const std::vector<Output>& outputs, OutputTexts texts,
                                                       const Commit& commit = {});
[[nodiscard]] std::optional<std::string> write_outputs(const report::Run& run,
                                                       const std::vector<Output>& outputs);

// `json, sarif, …`, for help and messages.
[[nodiscard]] std::string format_names(const KnownFormats& known);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_OUTPUTS_H
