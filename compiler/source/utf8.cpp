// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/source/utf8.h"

#include <algorithm>
#include <array>

namespace cordon::source {

CodePoint decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])) : 0U;
  };
  const std::uint32_t lead = byte(at);
  if (lead < 0x80U) return {lead, 1};
  const std::uint32_t length = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3 : 2;
  if (lead < 0xC2U || lead > 0xF4U) return {};
  std::uint32_t value = lead & (0x7FU >> length);
  for (std::uint32_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0U) != 0x80U) return {};
    value = value << 6U | (byte(at + i) & 0x3FU);
  }
  constexpr std::array<std::uint32_t, 5> smallest = {0, 0, 0x80, 0x800, 0x10000};
  const bool legal = value >= smallest[length] && value <= 0x10FFFFU && (value < 0xD800U || value > 0xDFFFU);
  return legal ? CodePoint{value, length} : CodePoint{};
}

bool is_control(std::uint32_t code_point) {
  return code_point < 0x20U || (code_point >= 0x7FU && code_point <= 0x9FU);
}

bool is_invisible(std::uint32_t code_point) {
  struct Span {
    std::uint32_t first, last;
  };
  static constexpr Span spans[] = {
      {0x00AD, 0x00AD},    // soft hyphen
      {0x034F, 0x034F},    // grapheme joiner
      {0x061C, 0x061C},    // Arabic letter mark
      {0x115F, 0x1160},    // Hangul fillers
      {0x17B4, 0x17B5},    // Khmer inherent vowels
      {0x180B, 0x180F},    // Mongolian selectors and separator
      {0x200B, 0x200F},    // zero-width space, joiners, direction marks
      {0x2028, 0x202E},    // line and paragraph separators, embeddings and overrides
      {0x2060, 0x206F},    // word joiner, isolates, deprecated format characters
      {0x3164, 0x3164},    // Hangul filler
      {0xFEFF, 0xFEFF},    // byte order mark inside the text
      {0xFFA0, 0xFFA0},    // halfwidth Hangul filler
      {0xFFF9, 0xFFFB},    // interlinear annotation
      {0xE0000, 0xE0FFF},  // tags, further variation selectors
  };
  return std::ranges::any_of(
      spans, [&](const Span& span) { return code_point >= span.first && code_point <= span.last; });
}

}  // namespace cordon::source
