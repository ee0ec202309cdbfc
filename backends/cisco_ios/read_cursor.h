// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Takes the words of a line one after the other; the first that is not understood is kept.
#ifndef BACKENDS_CISCO_IOS_READ_CURSOR_H
#define BACKENDS_CISCO_IOS_READ_CURSOR_H

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "backends/cisco_ios/read_text.h"

namespace cordon::backends::cisco_ios {

class Cursor {
 public:
  explicit Cursor(CommandLine line, std::size_t at = 0) : line_(std::move(line)), at_(at) {}

  [[nodiscard]] bool done() const { return at_ >= line_.words.size(); }
  [[nodiscard]] std::string_view peek(std::size_t ahead = 0) const { return line_.word(at_ + ahead); }
  std::string_view take() { return line_.word(at_++); }
  bool accept(std::string_view word) {
    if (done() || peek() != word) return false;
    ++at_;
    return true;
  }

  // At the next word, or at one already taken.
  void refuse(std::string reason, std::size_t back = 0) {
    if (!problem_) problem_ = Problem{line_.range_of(at_ - back), std::move(reason)};
  }
  [[nodiscard]] bool failed() const { return problem_.has_value(); }
  [[nodiscard]] const std::optional<Problem>& problem() const { return problem_; }
  [[nodiscard]] const CommandLine& line() const { return line_; }

 private:
  CommandLine line_;
  std::size_t at_;
  std::optional<Problem> problem_;
};

}  // namespace cordon::backends::cisco_ios

#endif  // BACKENDS_CISCO_IOS_READ_CURSOR_H
