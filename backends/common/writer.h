// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Writes the text of a configuration line by line, with the origin of each line.
//
// Only `end` and `line` write a line break, and the only ways in are: a literal of our own source,
// checked while compiling; a word, which must be printable ASCII without blanks (a backend's `check`
// has refused others, so anything else here is our own bug and ends the process); a number; and a
// comment, which is folded to harmless characters. So no name and no text of a policy can end a
// line or start another.
#ifndef BACKENDS_COMMON_WRITER_H
#define BACKENDS_COMMON_WRITER_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/backend/backend.h"
#include "compiler/packet/address.h"

namespace cordon::backends {

using config::OriginId;
using packet::Address;

// Text of our own source. Does not compile when it holds anything but printable ASCII.
class Literal {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): reads as the text
  consteval Literal(const char* text) : text_(text) {
    for (const char c : text_) {
      if (c < ' ' || c > '~') throw "only printable ASCII";
    }
  }
  [[nodiscard]] constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

class Writer {
 public:
  explicit Writer(std::size_t bytes = 4096) { text_.reserve(bytes); }

  Writer& operator<<(Literal literal) {
    text_.append(literal.text());
    return *this;
  }
  Writer& operator<<(std::uint64_t number);
  Writer& operator<<(std::uint32_t number) { return *this << std::uint64_t{number}; }
  Writer& operator<<(std::uint16_t number) { return *this << std::uint64_t{number}; }
  Writer& operator<<(std::uint8_t number) { return *this << std::uint64_t{number}; }
  Writer& operator<<(const Address& address);

  Writer& word(std::string_view text);
  // Words that another `Writer` has made, with single blanks between them.
  Writer& words(std::string_view text);
  Writer& comment(std::string_view text, std::size_t limit);

  // A whole line of `start` and a comment; no line when nothing of the comment is left.
  void comment_line(Literal start, std::string_view text, std::size_t limit, OriginId origin = {});

  // Ends the line that was begun.
  void end(OriginId origin = {});
  void line(Literal literal, OriginId origin = {}) {
    *this << literal;
    end(origin);
  }

  // Whole lines that another `Writer` has made, each behind the same words and a blank, if any.
  void append(const Writer& lines, std::string_view before = {});

  [[nodiscard]] std::uint32_t lines() const { return lines_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] bool at_line_start() const { return text_.empty() || text_.back() == '\n'; }

  // What has been written since the last line break, and the writer empty: for a part of a line
  // that is used many times.
  [[nodiscard]] std::string take_words();
  [[nodiscard]] backend::OutputFile take(std::string name);

 private:
  std::string text_;
  std::vector<backend::LineOrigin> origins_;
  std::uint32_t lines_ = 0;
};

}  // namespace cordon::backends

#endif  // BACKENDS_COMMON_WRITER_H
