// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A place in the text that follows the parser's events.
//
// yaml-cpp says where a value starts and never where it ends, and lets some faulty text pass. So every
// byte is accounted for a second time: between two values there may be only blanks, comments and the
// indicators that belong there.
#ifndef COMPILER_YAML_CURSOR_H
#define COMPILER_YAML_CURSOR_H

#include <cstddef>
#include <string_view>

namespace cordon::yaml {

class Cursor {
 public:
  Cursor(std::string_view text, std::size_t begin) : text_(text), at_(begin) {}

  [[nodiscard]] std::size_t at() const { return at_; }
  void move_to(std::size_t at) { at_ = at; }
  [[nodiscard]] std::string_view text() const { return text_; }

  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  // A NUL at the end; the text itself holds none.
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool starts_with(std::string_view word) const { return text_.substr(at_).starts_with(word); }
  [[nodiscard]] bool at_line_start() const { return at_ == 0 || text_[at_ - 1] == '\n'; }

  bool take(char wanted) {
    if (peek() != wanted || at_end()) return false;
    ++at_;
    return true;
  }

  void skip_spaces();  // spaces and tabs
  void skip_line();    // to the line break
  void skip_blanks();  // spaces, tabs, line breaks and comments

 private:
  std::string_view text_;
  std::size_t at_;
};

[[nodiscard]] constexpr bool is_blank_or_break(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\0';
}
[[nodiscard]] constexpr bool is_flow_indicator(char c) {
  return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
}

// Behind the closing quote of the quoted scalar at `begin`; npos when it is never closed.
[[nodiscard]] std::size_t quoted_end(std::string_view text, std::size_t begin);

// Behind the last line of the block scalar at `begin` inside a block collection at column `parent`
// (counted from zero, -1 for none).
[[nodiscard]] std::size_t block_end(std::string_view text, std::size_t begin, int parent);

// Behind the plain scalar at `begin` that reads as `value`; npos when the text does not read so. Line
// breaks inside were folded, so that only what is not blank has to agree.
[[nodiscard]] std::size_t plain_end(std::string_view text, std::size_t begin, std::string_view value);

// Whether the inside of a quoted or block scalar holds the same characters as `value`, blanks apart. A text
// with escapes is taken as it is.
[[nodiscard]] bool reads_as(std::string_view inside, char quote, std::string_view value);

// Behind the bracket that closes the one at `begin`, passing over quoted texts; npos when there is none.
[[nodiscard]] std::size_t bracket_end(std::string_view text, std::size_t begin);

}  // namespace cordon::yaml

#endif  // COMPILER_YAML_CURSOR_H
