// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Words of a command line as readers take them: one after the other, numbers and addresses.
#ifndef BACKENDS_COMMON_COMMAND_WORDS_H
#define BACKENDS_COMMON_COMMAND_WORDS_H

#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "backends/common/command_lines.h"
#include "compiler/packet/address.h"

namespace cordon::backends {

inline constexpr std::size_t longest_label = 120;  // of a remark or name that a reader keeps, in bytes

// A line that is not understood; the range is the words that are not.
struct Problem {
  source::Range range;
  std::string reason;
};

// The line's place again as words.
[[nodiscard]] CommandLine words_of(const source::Sources& sources, source::Range range);

// Whether the line's words from `at` on begin with these.
[[nodiscard]] bool begins(const CommandLine& line, std::initializer_list<std::string_view> words,
                          std::size_t at = 0);

// One line, without anything that is not printable, cut at `longest_label`.
[[nodiscard]] std::string printable_text(std::string_view text);

// Decimal digits only, up to the largest value of the type.
template <class Number>
[[nodiscard]] std::optional<Number> number(std::string_view text) {
  Number value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || text[0] == '-' || error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

[[nodiscard]] std::optional<packet::Address> address_of(std::string_view text, packet::Family family);

// `255.255.255.0` as 24; nothing when its ones do not stand together at the front.
[[nodiscard]] std::optional<std::uint8_t> netmask_length(std::string_view text);

// Takes the words of a line one after the other; the first that is not understood is kept.
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

}  // namespace cordon::backends

#endif  // BACKENDS_COMMON_COMMAND_WORDS_H
