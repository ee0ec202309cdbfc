// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Two versions of a text, as a patch that people and programs read.
#ifndef COMPILER_CLI_TEXT_DIFFERENCE_H
#define COMPILER_CLI_TEXT_DIFFERENCE_H

#include <string>

namespace cordon::cli {

// In the unified form, `--- a/PATH` first; empty when nothing differs.
[[nodiscard]] std::string text_difference(const std::string& path, const std::string& before,
                                          const std::string& after);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_TEXT_DIFFERENCE_H
