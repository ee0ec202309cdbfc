// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Text from files as it may be shown on a terminal: nothing in it acts on the terminal, hides, reorders or
// starts a line.
#ifndef COMPILER_DIAGNOSTICS_PRINTABLE_H
#define COMPILER_DIAGNOSTICS_PRINTABLE_H

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::diagnostics {

// One character of a source line as it is shown.
struct Cell {
  std::string shown;
  std::size_t offset = 0;  // of its first byte
  std::size_t width = 0;   // terminal columns; 0 for combining marks
};

// A tab becomes four spaces; what must not be shown becomes \u{…} or, when it is not UTF-8, \x{…}.
[[nodiscard]] std::vector<Cell> to_cells(std::string_view line);

// The same for a message, where tabs and line breaks are escaped too.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace cordon::diagnostics

#endif  // COMPILER_DIAGNOSTICS_PRINTABLE_H
