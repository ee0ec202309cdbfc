// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Where a large file may be cut so that its parts can be read side by side.
//
// Cuts are made before lines that start with a plain key in the first column, and inside one large
// item of the top level before the lines of its first indentation. A guess from line starts can be wrong
// (the line may lie inside a quoted text): then the piece before it does not parse by itself, and the
// file is read whole.
#ifndef COMPILER_YAML_PIECES_H
#define COMPILER_YAML_PIECES_H

#include <cstddef>
#include <string_view>
#include <vector>

#include "compiler/yaml/builder.h"

namespace cordon::yaml {

// A run of entries of the top level, or one entry whose value is itself in pieces.
struct Part {
  std::string_view key;  // empty: `pieces` is one piece that holds whole entries
  std::vector<Piece> pieces;
};

// Fewer than two pieces in all: not worth a cut, or not possible.
[[nodiscard]] std::vector<Part> cut(std::string_view text, std::size_t piece_bytes);

}  // namespace cordon::yaml

#endif  // COMPILER_YAML_PIECES_H
