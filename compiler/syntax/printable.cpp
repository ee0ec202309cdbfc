// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/printable.h"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "compiler/source/utf8.h"

namespace cordon::syntax {
namespace {

using source::CodePoint;

// Beyond what hides or reorders text: selectors without width, code points for private use, and
// what is no character.
struct Span {
  std::uint32_t first, last;
};
constexpr Span not_for_print[] = {
    {0xE000, 0xF8FF}, {0xFDD0, 0xFDEF}, {0xFE00, 0xFE0F}, {0xFFF0, 0xFFFF}, {0xF0000, 0x10FFFF},
};

bool prints(CodePoint point) {
  if (point.bytes == 0 || source::is_control(point.value) || source::is_invisible(point.value)) return false;
  return std::ranges::none_of(
      not_for_print, [&](const Span& span) { return point.value >= span.first && point.value <= span.last; });
}

std::string name_of(CodePoint point) {
  if (point.bytes == 0) return "bytes that are not UTF-8";
  if (point.value == '\n' || point.value == '\r') return "a line break";
  if (point.value == '\t') return "a tabulator";
  return fmt::format("the character U+{:04X}", point.value);
}

bool is_plain_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char letter) { return letter >= ' ' && letter <= '~'; });
}

}  // namespace

std::optional<std::string> find_unprintable(std::string_view text) {
  if (is_plain_ascii(text)) return std::nullopt;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = source::decode(text, at);
    if (!prints(point)) return name_of(point);
    at += point.bytes;
  }
  return std::nullopt;
}

std::size_t count_characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char letter) { return (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U; }));
}

std::string for_message(std::string_view text) {
  constexpr std::size_t longest = 60;
  std::string result;
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    if (count == longest) return result + "…";
    const CodePoint point = source::decode(text, at);
    const std::size_t size = std::max<std::size_t>(point.bytes, 1);
    if (prints(point)) {
      result += text.substr(at, size);
    } else if (point.bytes > 0) {
      result += fmt::format("\\u{{{:04X}}}", point.value);
    } else {
      result += fmt::format("\\x{:02X}", static_cast<unsigned>(static_cast<unsigned char>(text[at])));
    }
    at += size;
  }
  return result;
}

}  // namespace cordon::syntax
