// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Text that a person can read and a device can hold on one line.
#ifndef COMPILER_SYNTAX_PRINTABLE_H
#define COMPILER_SYNTAX_PRINTABLE_H

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cordon::syntax {

// The first character that is no letter, mark, sign or space: a control character (line breaks
// among them), one that turns the direction of writing, one without width, or bytes that are no UTF-8.
// Its name for a message: `U+202E`, `a line break`.
[[nodiscard]] std::optional<std::string> find_unprintable(std::string_view text);

[[nodiscard]] std::size_t count_characters(std::string_view text);

// A value for a message: shortened, and with what does not print spelt out.
[[nodiscard]] std::string for_message(std::string_view text);

}  // namespace cordon::syntax

#endif  // COMPILER_SYNTAX_PRINTABLE_H
