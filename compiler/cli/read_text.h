// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A file as it is.
#ifndef COMPILER_CLI_READ_TEXT_H
#define COMPILER_CLI_READ_TEXT_H

#include <filesystem>
#include <optional>
#include <string>

namespace cordon::cli {

// Nothing when it cannot be opened.
[[nodiscard]] std::optional<std::string> read_text(const std::filesystem::path& path);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_READ_TEXT_H
