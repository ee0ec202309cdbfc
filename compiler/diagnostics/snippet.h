// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// One source line with marks below it.
#ifndef COMPILER_DIAGNOSTICS_SNIPPET_H
#define COMPILER_DIAGNOSTICS_SNIPPET_H

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::diagnostics {

// Bytes of the line; an empty stretch is marked by one caret.
struct Mark {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool primary = false;
  std::string text;  // printable
};

struct MarkedLine {
  std::string source;
  // Below it: a row of carets and dashes with the text of the rightmost mark behind it, then a row for
  // each other text. `primary` says how a row is coloured.
  struct Row {
    std::string text;
    bool primary = false;
  };
  std::vector<Row> rows;
};

// A line wider than `width` is shown around its marks, with `…` where it was cut.
[[nodiscard]] MarkedLine mark_line(std::string_view line, std::vector<Mark> marks, std::size_t width);

}  // namespace cordon::diagnostics

#endif  // COMPILER_DIAGNOSTICS_SNIPPET_H
