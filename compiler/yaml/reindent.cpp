// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/yaml/reindent.h"

#include <algorithm>
#include <vector>

#include "compiler/yaml/cursor.h"

namespace cordon::yaml {
namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find('\n', begin);
    std::string_view line = text.substr(begin, std::min(end, text.size()) - begin);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    if (end == std::string_view::npos) return lines;
    begin = end + 1;
  }
}

std::string_view without_trailing_blanks(std::string_view line) {
  while (!line.empty() && is_blank_or_break(line.back())) line.remove_suffix(1);
  return line;
}

bool is_empty(std::string_view line) { return without_trailing_blanks(line).empty(); }

std::size_t indentation(std::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }

// The header with its comment, if it has one.
std::string header_of(std::string_view line) {
  const std::size_t blank = line.find_first_of(" \t");
  const std::size_t comment = line.find('#');
  std::string header(line.substr(0, blank));
  if (comment != std::string_view::npos)
    header += "  " + std::string(without_trailing_blanks(line.substr(comment)));
  return header;
}

}  // namespace

std::string reindent_folded(std::string_view text, Style style, std::size_t column) {
  if (text.find('\n') == std::string_view::npos) return std::string(text);
  const bool escapes = style == Style::quoted && text.starts_with('"');  // blanks behind a `\` say something
  const std::vector<std::string_view> lines = lines_of(text);
  std::string moved;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    std::string_view line = lines[at];
    if (at > 0) {
      moved += '\n';
      while (!line.empty() && is_blank_or_break(line.front())) line.remove_prefix(1);
      if (line.empty()) continue;
      moved.append(column, ' ');
    }
    moved += escapes || at + 1 == lines.size() ? line : without_trailing_blanks(line);
  }
  return moved;
}

std::string reindent_block(std::string_view text, const BlockPlace& place) {
  const std::vector<std::string_view> lines = lines_of(text);
  std::string moved = header_of(lines.front());
  const std::size_t digit = lines.front().substr(0, 3).find_first_of("123456789");
  std::size_t before = 0, after = place.column;
  if (digit != std::string_view::npos) {
    const auto stated = static_cast<std::size_t>(lines.front()[digit] - '0');
    before = place.was + stated;
    after = place.parent + stated;
  } else {
    for (std::size_t at = 1; at < lines.size() && before == 0; ++at) {
      if (!is_empty(lines[at])) before = indentation(lines[at]);
    }
  }
  for (std::size_t at = 1; at < lines.size(); ++at) {
    const std::string_view line = lines[at];
    moved += '\n';
    if (line.size() <= before) continue;  // an empty line, whatever blanks it has
    moved.append(after, ' ');
    moved += line.substr(before);
  }
  return moved;
}

}  // namespace cordon::yaml
