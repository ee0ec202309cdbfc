// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Characters of a text, and which of them must not be shown or read as they are.
#ifndef COMPILER_SOURCE_UTF8_H
#define COMPILER_SOURCE_UTF8_H

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cordon::source {

struct CodePoint {
  std::uint32_t value = 0;
  std::uint32_t bytes = 0;  // 0: what stands there is not UTF-8
};

// Strict: no overlong forms, no surrogates, nothing beyond U+10FFFF.
[[nodiscard]] CodePoint decode(std::string_view text, std::size_t at);

// C0 and C1 controls and DEL; line feed and tab are among them.
[[nodiscard]] bool is_control(std::uint32_t code_point);

// Characters that hide or reorder text, so that a reader sees something else than the compiler:
// bidirectional controls, zero-width characters, fillers, line and paragraph separators, tags.
[[nodiscard]] bool is_invisible(std::uint32_t code_point);

}  // namespace cordon::source

#endif  // COMPILER_SOURCE_UTF8_H
