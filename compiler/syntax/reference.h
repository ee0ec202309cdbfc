// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The language table for people.
#ifndef COMPILER_SYNTAX_REFERENCE_H
#define COMPILER_SYNTAX_REFERENCE_H

#include <string>
#include <string_view>

namespace cordon::syntax {

// What stands around the reference in the file that holds it, which has prose of its own besides.
inline constexpr std::string_view reference_begin =
    "<!-- Written from the language table by the test `unit_syntax`; to change it, change the table. -->";
inline constexpr std::string_view reference_end = "<!-- End of what is written from the language table. -->";

// Markdown: every key with its value, whether it is required, its default, meaning and an example.
std::string language_reference();

}  // namespace cordon::syntax

#endif  // COMPILER_SYNTAX_REFERENCE_H
