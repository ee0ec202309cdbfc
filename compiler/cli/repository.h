// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Where a project lies in its repository, so that hosts find the lines that a report is about.
#ifndef COMPILER_CLI_REPOSITORY_H
#define COMPILER_CLI_REPOSITORY_H

#include <filesystem>
#include <string>

namespace cordon::cli {

// From the folder that holds `.git` to the given one: `sites/east/`. Empty when they are the same, or when
// the folder is in no repository or is none.
[[nodiscard]] std::string folder_in_repository(const std::filesystem::path& folder);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_REPOSITORY_H
