// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// All or nothing on disk: a folder of output appears by one rename, or not at all.
#ifndef COMPILER_CLI_OUTPUT_DIRECTORY_H
#define COMPILER_CLI_OUTPUT_DIRECTORY_H

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace cordon::cli {

struct NamedText {
  std::string name;
  std::string text;
};

inline constexpr const char* manifest_name = "manifest.json";

// Writes the files into a fresh folder beside `target` and renames it into place. A folder that is
// already there is exchanged atomically, and only when it holds a manifest of ours and nothing that
// the manifest does not list. Returns what went wrong, in words for the user.
[[nodiscard]] std::optional<std::string> write_output_directory(const std::filesystem::path& target,
                                                                const std::vector<NamedText>& files);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_OUTPUT_DIRECTORY_H
