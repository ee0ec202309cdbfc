// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A file as the row of its tokens, comments among them, for whoever moves them about.
//
// Values stand in the tree with their exact ranges, so nothing has to be guessed: between two of them there
// can be only blanks, comments and indicators.
#ifndef COMPILER_YAML_TOKENS_H
#define COMPILER_YAML_TOKENS_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "compiler/yaml/node.h"

namespace cordon::yaml {

// A property is a tag or an anchor, a marker `---`, `...` or a directive.
enum class TokenKind : std::uint8_t {
  value,
  alias,
  property,
  dash,
  question,
  colon,
  comma,
  open,
  close,
  comment,
  marker
};

struct Token {
  TokenKind kind = TokenKind::value;
  Style style = Style::plain;  // of a value
  bool in_flow = false;        // between brackets
  bool own = false;            // begins an entry of its block collection
  std::uint32_t depth = 0;     // block collections around it
  std::string_view text;       // as written
  std::uint32_t column = 0;    // characters before it on its line
  std::uint32_t blanks = 0;    // right before it on its line
  std::uint32_t breaks = 0;    // lines ended since the token before it
};

// Nothing when something stands between two values that belongs there neither as blank nor as indicator; the
// tree of a file that was read without error has no such place.
[[nodiscard]] std::optional<std::vector<Token>> read_tokens(std::string_view text, const Node& root);

// How many characters UTF-8 text has.
[[nodiscard]] std::size_t characters(std::string_view text);

}  // namespace cordon::yaml

#endif  // COMPILER_YAML_TOKENS_H
