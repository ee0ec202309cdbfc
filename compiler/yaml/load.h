// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Reads one YAML file into a tree.
//
// Safe to call from several threads at once on different files, each with its own `Diagnostics`. A large
// file is read in pieces by several threads; the tree and the messages are the same whatever the cut.
#ifndef COMPILER_YAML_LOAD_H
#define COMPILER_YAML_LOAD_H

#include <cstddef>
#include <optional>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source.h"
#include "compiler/yaml/node.h"

namespace cordon::yaml {

// What a file may hold at most. Beyond a limit the file is refused, with the limit in the message.
struct Limits {
  std::size_t file_bytes = std::size_t{64} << 20U;
  std::size_t depth = 64;            // collections inside each other
  std::size_t values = 5'000'000;    // keys and values, as written
  std::size_t expanded = 1'000'000;  // keys and values that aliases stand for
  std::size_t reported = 50;         // messages of one kind for one file
};

struct LoadOptions {
  Limits limits;
  std::size_t piece_bytes = std::size_t{64} << 10U;  // files above twice this are cut; 0: never cut
};

// Nothing when the file cannot be read as YAML. A document may come back although there are errors:
// those that leave the rest readable, such as a key that occurs twice (its first value stays).
[[nodiscard]] std::optional<Document> load(const source::Sources& sources, source::FileId file,
                                           diagnostics::Diagnostics& diags, const LoadOptions& options = {});

}  // namespace cordon::yaml

#endif  // COMPILER_YAML_LOAD_H
