// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What of a policy's free text may stand in a configuration.
//
// A command line interpreter gives a meaning to more than line breaks: `?` asks for help in the
// middle of a pasted line, `"` opens a string, `;` separates commands, `^` and control characters
// edit. Comments say nothing that a filter depends on, so they keep letters, digits, blanks and a
// few marks, and every other character becomes `_`. Names decide something: they are never folded,
// a backend's `check` refuses what it cannot write.
#ifndef BACKENDS_COMMON_PRINTABLE_H
#define BACKENDS_COMMON_PRINTABLE_H

#include <cstddef>
#include <string>
#include <string_view>

namespace cordon::backends {

// One `_` for each code point that cannot stand in a comment; no blanks at either end; at most
// `limit` characters, cut without a mark.
[[nodiscard]] std::string comment_text(std::string_view text, std::size_t limit);

// Printable ASCII without blanks.
[[nodiscard]] constexpr bool is_word_character(char c) { return c > ' ' && c <= '~'; }
[[nodiscard]] bool is_word(std::string_view text);

// Letters, digits, `-`, `_` and `.`, beginning with a letter: what every platform takes as a name.
[[nodiscard]] bool is_plain_name(std::string_view text);

}  // namespace cordon::backends

#endif  // BACKENDS_COMMON_PRINTABLE_H
