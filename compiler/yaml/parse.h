// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Runs the parser over one piece of a file.
#ifndef COMPILER_YAML_PARSE_H
#define COMPILER_YAML_PARSE_H

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "compiler/source/source.h"
#include "compiler/yaml/builder.h"
#include "compiler/yaml/findings.h"
#include "compiler/yaml/node.h"

namespace cordon::yaml {

struct Parsed {
  std::optional<Node> root;  // nothing: refused, and `findings` says why, or no document at all
  bool refused = false;
  bool has_aliases = false;
  std::size_t value_count = 0;
  std::unique_ptr<Storage> storage;
  Findings findings;
};

[[nodiscard]] Parsed parse(std::string_view file_text, source::FileId file, const Piece& piece,
                           const Limits& limits);

}  // namespace cordon::yaml

#endif  // COMPILER_YAML_PARSE_H
