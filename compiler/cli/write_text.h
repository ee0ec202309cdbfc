// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Bytes to the disk, with what went wrong in words for the user.
#ifndef COMPILER_CLI_WRITE_TEXT_H
#define COMPILER_CLI_WRITE_TEXT_H

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace cordon::cli {

// `WHAT: why the system refused`, right after it did.
[[nodiscard]] std::string system_error(const std::string& what);

// A file that is not there yet. Messages call it by the name that the user knows.
[[nodiscard]] std::optional<std::string> write_new_file(const std::filesystem::path& path,
                                                        std::string_view text, const std::string& shown);

// A file that appears or is replaced by one rename, or not at all; what is replaced keeps its mode. `-` is no
// name here.
[[nodiscard]] std::optional<std::string> replace_file(const std::filesystem::path& path,
                                                      std::string_view text);

// To what is there already: a pipe, a device, a file that others write to as well.
[[nodiscard]] std::optional<std::string> append_to_file(const std::filesystem::path& path,
                                                        std::string_view text, const std::string& shown);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_WRITE_TEXT_H
