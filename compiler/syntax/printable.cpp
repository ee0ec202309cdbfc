// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/printable.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>

namespace cordon::syntax {
namespace {

struct Character {
  char32_t code = 0;
  std::size_t size = 1;
  bool valid = true;
};

// Strict UTF-8: no overlong form, no surrogate, nothing above U+10FFFF.
Character decode(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return {lead, 1, false};
  char32_t code = lead & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {lead, 1, false};
    code = code << 6U | (byte(i) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> least = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
  return {code, size, code >= least[size] && code <= 0x10FFFF && !surrogate};
}

struct Span {
  char32_t first, last;
};

// Controls, direction marks, characters without width, line separators, tags, and what is no character.
constexpr Span unprintable[] = {
    {0x0000, 0x001F}, {0x007F, 0x009F},    {0x00AD, 0x00AD}, {0x034F, 0x034F},   {0x061C, 0x061C},
    {0x115F, 0x1160}, {0x17B4, 0x17B5},    {0x180B, 0x180F}, {0x200B, 0x200F},   {0x2028, 0x202E},
    {0x2060, 0x206F}, {0x3164, 0x3164},    {0xFDD0, 0xFDEF}, {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},
    {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFC},    {0xFFFE, 0xFFFF}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
    {0xE000, 0xF8FF}, {0xF0000, 0x10FFFF},
};

bool prints(const Character& character) {
  if (!character.valid) return false;
  return std::ranges::none_of(unprintable, [&](const Span& span) {
    return character.code >= span.first && character.code <= span.last;
  });
}

std::string name_of(const Character& character) {
  if (!character.valid) return "bytes that are not UTF-8";
  if (character.code == '\n' || character.code == '\r') return "a line break";
  if (character.code == '\t') return "a tabulator";
  return fmt::format("the character U+{:04X}", static_cast<std::uint32_t>(character.code));
}

bool is_plain_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char letter) { return letter >= ' ' && letter <= '~'; });
}

}  // namespace

std::optional<std::string> find_unprintable(std::string_view text) {
  if (is_plain_ascii(text)) return std::nullopt;
  while (!text.empty()) {
    const Character character = decode(text);
    if (!prints(character)) return name_of(character);
    text.remove_prefix(character.size);
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
  for (std::size_t count = 0; !text.empty(); ++count) {
    if (count == longest) return result + "…";
    const Character character = decode(text);
    if (prints(character)) {
      result += text.substr(0, character.size);
    } else if (character.valid) {
      result += fmt::format("\\u{{{:04X}}}", static_cast<std::uint32_t>(character.code));
    } else {
      result += fmt::format("\\x{:02X}", static_cast<std::uint32_t>(character.code));
    }
    text.remove_prefix(character.size);
  }
  return result;
}

}  // namespace cordon::syntax
