// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/diagnostics/snippet.h"

#include <algorithm>

#include "compiler/diagnostics/printable.h"

namespace cordon::diagnostics {
namespace {

// A character takes at most this many bytes, so that a window of bytes holds a window of columns.
constexpr std::size_t bytes_of_a_character = 4;

// The columns of a line that are shown.
struct Window {
  std::vector<Cell> cells;
  std::vector<std::size_t> columns;  // of each cell, and one past the last
  std::size_t first = 0;             // column that is shown first
  std::size_t last = 0;              // one past the last
  bool cut_before = false;
  bool cut_behind = false;
};

std::size_t column_of(const Window& window, std::size_t offset) {
  const auto cell = std::lower_bound(window.cells.begin(), window.cells.end(), offset,
                                     [](const Cell& c, std::size_t at) { return c.offset < at; });
  return window.columns[static_cast<std::size_t>(cell - window.cells.begin())];
}

void measure(Window& window) {
  std::size_t column = 0;
  for (const Cell& cell : window.cells) {
    window.columns.push_back(column);
    column += cell.width;
  }
  window.columns.push_back(column);
}

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

// Reads only the surroundings of the first mark: a line may have millions of characters.
Window make_window(std::string_view line, const std::vector<Mark>& marks, std::size_t width) {
  const std::size_t around = width * bytes_of_a_character;
  std::size_t begin = marks.front().begin > around ? marks.front().begin - around : 0;
  while (begin > 0 && begin < line.size() && continues(line[begin])) --begin;
  const std::string_view part = line.substr(begin, marks.front().begin - begin + 2 * around);
  Window window;
  window.cells = to_cells(part);
  for (Cell& cell : window.cells) cell.offset += begin;
  measure(window);
  const std::size_t total = window.columns.back();
  window.last = total;
  window.cut_before = begin > 0;
  window.cut_behind = begin + part.size() < line.size();
  if (total <= width) return window;
  const std::size_t mark = column_of(window, marks.front().begin);
  const std::size_t wanted = mark > width / 3 ? mark - width / 3 : 0;
  window.first = std::min(wanted, total - width);
  window.last = window.first + width;
  window.cut_before = window.cut_before || window.first > 0;
  window.cut_behind = window.cut_behind || window.last < total;
  return window;
}

std::string show(const Window& window) {
  std::string text = window.cut_before ? "…" : "";
  for (std::size_t i = 0; i < window.cells.size(); ++i) {
    const bool inside = window.columns[i] >= window.first && window.columns[i + 1] <= window.last;
    if (inside) text += window.cells[i].shown;
  }
  while (text.ends_with(' ')) text.pop_back();
  return window.cut_behind ? text + "…" : text;
}

// A mark in columns of what is shown.
struct Placed {
  std::size_t begin = 0;
  std::size_t end = 0;
  const Mark* mark = nullptr;
};

std::vector<Placed> place(const Window& window, const std::vector<Mark>& marks) {
  const std::size_t shift = window.cut_before ? 1 : 0;
  std::vector<Placed> placed;
  for (const Mark& mark : marks) {
    const std::size_t begin = std::clamp(column_of(window, mark.begin), window.first, window.last);
    const std::size_t end = std::clamp(column_of(window, mark.end), window.first, window.last);
    placed.push_back({begin - window.first + shift, std::max(begin + 1, end) - window.first + shift, &mark});
  }
  return placed;
}

MarkedLine::Row mark_row(const std::vector<Placed>& placed) {
  MarkedLine::Row row;
  for (const bool primary : {false, true}) {
    for (const Placed& one : placed) {
      if (one.mark->primary != primary) continue;
      if (row.text.size() < one.end) row.text.resize(one.end, ' ');
      std::fill(row.text.begin() + static_cast<std::ptrdiff_t>(one.begin),
                row.text.begin() + static_cast<std::ptrdiff_t>(one.end), primary ? '^' : '-');
      row.primary = row.primary || primary;
    }
  }
  return row;
}

}  // namespace

MarkedLine mark_line(std::string_view line, std::vector<Mark> marks, std::size_t width) {
  std::stable_sort(marks.begin(), marks.end(),
                   [](const Mark& a, const Mark& b) { return a.begin < b.begin; });
  const Window window = make_window(line, marks, width);
  const std::vector<Placed> placed = place(window, marks);
  MarkedLine result{show(window), {mark_row(placed)}};
  bool row_is_free = true;  // the rightmost text stands behind the marks
  for (auto one = placed.rbegin(); one != placed.rend(); ++one) {
    if (one->mark->text.empty()) continue;
    if (row_is_free && one == placed.rbegin()) {
      result.rows.front().text += " " + one->mark->text;
    } else {
      result.rows.push_back({std::string(one->begin, ' ') + one->mark->text, one->mark->primary});
    }
    row_is_free = false;
  }
  return result;
}

}  // namespace cordon::diagnostics
