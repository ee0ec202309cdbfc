// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The canonical place of every token: two columns a level, one blank behind `:` and `,` and none inside
// brackets, at most one empty line, and two blanks before a comment.
//
// What stands in columns stays in columns. A wider gap is kept where the token behind it begins in the same
// column as one of a neighbouring line, a comment's where another comment of the file begins in that column;
// all other gaps are closed. Lines are broken where the author broke them.
#ifndef COMPILER_YAML_LAYOUT_H
#define COMPILER_YAML_LAYOUT_H

#include <span>
#include <string>

#include "compiler/yaml/tokens.h"

namespace cordon::yaml {

[[nodiscard]] std::string lay_out(std::span<const Token> tokens);

}  // namespace cordon::yaml

#endif  // COMPILER_YAML_LAYOUT_H
