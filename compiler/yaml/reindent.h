// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Values of several lines, moved to another column without changing what they say.
#ifndef COMPILER_YAML_REINDENT_H
#define COMPILER_YAML_REINDENT_H

#include <cstddef>
#include <string>
#include <string_view>

#include "compiler/yaml/node.h"

namespace cordon::yaml {

// A plain or quoted value: each line after the first begins at `column`.
[[nodiscard]] std::string reindent_folded(std::string_view text, Style style, std::size_t column);

// A block scalar with its header. `parent` is where the collection around it begins now, `was` where it
// began; a header that states its indentation counts from there, otherwise the lines begin two columns
// further in.
struct BlockPlace {
  std::size_t was = 0, parent = 0, column = 0;
};
[[nodiscard]] std::string reindent_block(std::string_view text, const BlockPlace& place);

}  // namespace cordon::yaml

#endif  // COMPILER_YAML_REINDENT_H
