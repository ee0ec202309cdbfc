// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/diagnostics/printable.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include <fmt/format.h>

#include "compiler/source/utf8.h"

namespace cordon::diagnostics {
namespace {

struct Span {
  std::uint32_t first, last;
};

// Marks that are drawn over the character before them.
constexpr Span combining[] = {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A},
                              {0x064B, 0x065F}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E},
                              {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0x302A, 0x302D},
                              {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};

// East Asian wide and fullwidth characters, and emoji.
constexpr Span wide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},
                         {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},
                         {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
                         {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

template <std::size_t size>
bool contains(const Span (&spans)[size], std::uint32_t value) {
  return std::any_of(std::begin(spans), std::end(spans),
                     [&](const Span& span) { return value >= span.first && value <= span.last; });
}

Cell escaped(std::size_t offset, std::string shown) {
  const std::size_t width = shown.size();
  return {std::move(shown), offset, width};
}

Cell make_cell(std::string_view text, std::size_t at, source::CodePoint point) {
  if (point.bytes == 0)
    return escaped(at, fmt::format("\\x{{{:02x}}}", static_cast<unsigned char>(text[at])));
  if (source::is_control(point.value) || source::is_invisible(point.value)) {
    return escaped(at, fmt::format("\\u{{{:x}}}", point.value));
  }
  const std::size_t width = contains(combining, point.value) ? 0 : contains(wide, point.value) ? 2 : 1;
  return {std::string(text.substr(at, point.bytes)), at, width};
}

}  // namespace

std::vector<Cell> to_cells(std::string_view line) {
  std::vector<Cell> cells;
  for (std::size_t at = 0; at < line.size();) {
    const source::CodePoint point = source::decode(line, at);
    cells.push_back(line[at] == '\t' ? Cell{"    ", at, 4} : make_cell(line, at, point));
    at += std::max(point.bytes, 1U);
  }
  return cells;
}

std::string printable(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const source::CodePoint point = source::decode(text, at);
    result += make_cell(text, at, point).shown;
    at += std::max(point.bytes, 1U);
  }
  return result;
}

}  // namespace cordon::diagnostics
