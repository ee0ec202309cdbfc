// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/common/printable.h"

#include <algorithm>

namespace cordon::backends {
namespace {

constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_alphanumeric(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

constexpr bool may_stand_in_comment(char c) {
  return is_alphanumeric(c) || std::string_view(" -_.,:/()+=@").find(c) != std::string_view::npos;
}

// Second and later bytes of a character of several bytes.
constexpr bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

}  // namespace

std::string comment_text(std::string_view text, std::size_t limit) {
  std::string folded;
  for (const char c : text) {
    if (folded.size() == limit) break;
    if (is_continuation(c) || (c == ' ' && folded.empty())) continue;
    folded += may_stand_in_comment(c) ? c : '_';
  }
  folded.erase(folded.find_last_not_of(' ') + 1);
  return folded;
}

bool is_plain_name(std::string_view text) {
  return !text.empty() && is_letter(text.front()) && std::ranges::all_of(text, [](char c) {
    return is_alphanumeric(c) || c == '-' || c == '_' || c == '.';
  });
}

bool is_word(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_word_character); }

}  // namespace cordon::backends
