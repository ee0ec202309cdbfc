// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Configurations that are lines of words, as readers take them: one line at a time, with places.
#ifndef BACKENDS_COMMON_COMMAND_LINES_H
#define BACKENDS_COMMON_COMMAND_LINES_H

#include <cstdint>
#include <string_view>
#include <vector>

#include "compiler/source/source.h"

namespace cordon::backends {

// Adds what stands between blanks, tabs and carriage returns.
void split_words(std::string_view text, std::vector<std::string_view>& words);

// Words are separated by blanks and tabs; quotes mean nothing. Views live as long as the sources.
struct CommandLine {
  source::Range range;  // without blanks before and after
  std::uint32_t indent = 0;
  std::vector<std::string_view> words;  // at least one

  [[nodiscard]] std::string_view word(std::size_t index) const;  // empty past the end
  [[nodiscard]] std::string_view rest(std::size_t index) const;  // from that word to the end of the line
  [[nodiscard]] source::Range range_of(std::size_t index) const;
};

// Walks over the lines that hold something, each cut into words once.
//
//   for (CommandLines lines(sources, file); const CommandLine* line = lines.current(); lines.advance()) …
class CommandLines {
 public:
  CommandLines(const source::Sources& sources, source::FileId file);

  // Nothing past the last line. What it points to is overwritten by `advance`.
  [[nodiscard]] const CommandLine* current() const { return done_ ? nullptr : &line_; }
  void advance();

 private:
  source::FileId file_;
  std::string_view text_;
  std::size_t offset_ = 0;  // where the next line begins
  bool done_ = false;
  CommandLine line_;
};

}  // namespace cordon::backends

#endif  // BACKENDS_COMMON_COMMAND_LINES_H
