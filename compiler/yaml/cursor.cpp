// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/yaml/cursor.h"

#include <algorithm>

namespace cordon::yaml {
namespace {

constexpr std::size_t npos = std::string_view::npos;

std::size_t line_end(std::string_view text, std::size_t at) {
  return std::min(text.find('\n', at), text.size());
}

std::size_t without_blanks(std::string_view text, std::size_t begin, std::size_t end) {
  while (end > begin && is_blank_or_break(text[end - 1])) --end;
  return end;
}

}  // namespace

void Cursor::skip_spaces() {
  while (peek() == ' ' || peek() == '\t') ++at_;
}

void Cursor::skip_line() { at_ = line_end(text_, at_); }

void Cursor::skip_blanks() {
  while (!at_end()) {
    const char c = text_[at_];
    if (c == '#') {
      skip_line();
    } else if (is_blank_or_break(c)) {
      ++at_;
    } else {
      return;
    }
  }
}

std::size_t quoted_end(std::string_view text, std::size_t begin) {
  const char quote = text[begin];
  const std::string_view stops = quote == '"' ? "\"\\" : "'";
  for (std::size_t at = begin + 1;;) {
    at = text.find_first_of(stops, at);
    if (at == npos) return npos;
    const bool doubled = quote == '\'' && at + 1 < text.size() && text[at + 1] == '\'';
    if (text[at] == quote && !doubled) return at + 1;
    at += 2;
  }
}

std::size_t block_end(std::string_view text, std::size_t begin, int parent) {
  std::size_t header = begin + 1;
  int indent = 0;
  for (; header < text.size() && !is_blank_or_break(text[header]); ++header) {
    const char c = text[header];
    if (c >= '1' && c <= '9') indent = std::max(parent, 0) + (c - '0');
  }
  const bool stated = indent > 0;
  std::size_t end = header;
  for (std::size_t at = line_end(text, header); at < text.size();) {
    const std::size_t line = at + 1;
    at = line_end(text, line);
    const std::size_t content = std::min(text.find_first_not_of(' ', line), text.size());
    if (without_blanks(text, line, at) == line) continue;
    const int column = static_cast<int>(content - line);
    if (!stated && indent == 0) indent = std::max(column, parent + 1);
    if (column < indent) break;
    end = without_blanks(text, line, at);
  }
  return end;
}

std::size_t plain_end(std::string_view text, std::size_t begin, std::string_view value) {
  if (text.substr(begin, value.size()) == value) return begin + value.size();
  std::size_t at = begin;
  for (const char c : value) {
    if (is_blank_or_break(c)) continue;
    while (at < text.size() && is_blank_or_break(text[at])) ++at;
    if (at >= text.size() || text[at] != c) return npos;
    ++at;
  }
  return at;
}

bool reads_as(std::string_view inside, char quote, std::string_view value) {
  if (inside == value) return true;
  if (quote == '"' && inside.find('\\') != npos) return true;
  std::size_t at = 0;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    const char c = inside[i];
    if (is_blank_or_break(c)) continue;
    while (at < value.size() && is_blank_or_break(value[at])) ++at;
    if (at == value.size() || value[at] != c) return false;
    ++at;
    if (c == quote && quote == '\'') ++i;
  }
  return std::all_of(value.begin() + static_cast<std::ptrdiff_t>(at), value.end(), is_blank_or_break);
}

std::size_t bracket_end(std::string_view text, std::size_t begin) {
  std::size_t depth = 0;
  for (std::size_t at = begin; at < text.size(); ++at) {
    at = text.find_first_of("[]{}\"'", at);
    if (at == npos) return npos;
    const char c = text[at];
    if (c == '[' || c == '{') {
      ++depth;
    } else if (c == ']' || c == '}') {
      if (--depth == 0) return at + 1;
    } else {
      const std::size_t end = quoted_end(text, at);
      if (end != npos) at = end - 1;
    }
  }
  return npos;
}

}  // namespace cordon::yaml
