// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/common/writer.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "backends/common/printable.h"
#include "compiler/base/check.h"

namespace cordon::backends {

Writer& Writer::operator<<(std::uint64_t number) {
  char digits[20];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number);
  text_.append(digits, end);
  return *this;
}

Writer& Writer::operator<<(const Address& address) {
  if (address.family == packet::Family::ipv6) return word(packet::to_string(address));
  const auto bits = static_cast<std::uint32_t>(address.bits);
  for (const unsigned shift : {24U, 16U, 8U, 0U}) {
    *this << ((bits >> shift) & 255U);
    if (shift != 0) text_ += '.';
  }
  return *this;
}

Writer& Writer::word(std::string_view text) {
  CORDON_CHECK(is_word(text));
  text_.append(text);
  return *this;
}

Writer& Writer::words(std::string_view text) {
  CORDON_CHECK(!text.empty() && text.front() != ' ' && text.back() != ' ');
  CORDON_CHECK(std::ranges::all_of(text, [](char c) { return c == ' ' || is_word_character(c); }));
  text_.append(text);
  return *this;
}

Writer& Writer::comment(std::string_view text, std::size_t limit) {
  text_.append(comment_text(text, limit));
  return *this;
}

void Writer::comment_line(Literal start, std::string_view text, std::size_t limit, OriginId origin) {
  const std::string folded = comment_text(text, limit);
  if (folded.empty()) return;
  *this << start;
  text_.append(folded);
  end(origin);
}

void Writer::end(OriginId origin) {
  text_ += '\n';
  ++lines_;
  if (origin.valid()) origins_.push_back({lines_, origin});
}

void Writer::append(const Writer& lines, std::string_view before) {
  CORDON_CHECK(at_line_start() && lines.at_line_start());
  for (const backend::LineOrigin& origin : lines.origins_) {
    origins_.push_back({lines_ + origin.line, origin.origin});
  }
  lines_ += lines.lines_;
  if (before.empty()) {
    text_ += lines.text_;
    return;
  }
  text_.reserve(text_.size() + lines.text_.size() + lines.lines_ * (before.size() + 1));
  for (std::size_t begin = 0, end = 0; begin < lines.text_.size(); begin = end) {
    end = lines.text_.find('\n', begin) + 1;
    words(before) << " ";
    text_.append(lines.text_, begin, end - begin);
  }
}

std::string Writer::take_words() {
  CORDON_CHECK(lines_ == 0);
  return std::exchange(text_, {});
}

backend::OutputFile Writer::take(std::string name) {
  CORDON_CHECK(at_line_start());
  return {.name = std::move(name), .text = std::exchange(text_, {}), .origins = std::exchange(origins_, {})};
}

}  // namespace cordon::backends
