// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/yaml/pieces.h"

#include <algorithm>
#include <optional>

#include "compiler/yaml/inspect.h"

namespace cordon::yaml {
namespace {

struct Line {
  std::size_t begin = 0;
  std::size_t content = 0;  // first character that is no space
  std::size_t end = 0;      // the line break, or the end of the text
};

Line line_at(std::string_view text, std::size_t begin) {
  Line line{begin, begin, std::min(text.find('\n', begin), text.size())};
  while (line.content < line.end && text[line.content] == ' ') ++line.content;
  return line;
}

bool is_empty(std::string_view text, const Line& line) {
  const char c = line.content < line.end ? text[line.content] : '\n';
  return c == '\n' || c == '\r' || c == '\t' || c == '#';
}

bool is_key_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

// The plain key that the line starts with, if it is one that cannot be read in two ways.
std::optional<std::string_view> plain_key(std::string_view text, const Line& line) {
  std::size_t at = line.content;
  while (at < line.end && is_key_character(text[at])) ++at;
  const std::string_view key = text.substr(line.content, at - line.content);
  const bool ends =
      at < line.end && text[at] == ':' && (at + 1 >= line.end || is_blank_or_break(text[at + 1]));
  const bool safe = !key.empty() && key.front() != '-' && key != "null" && key != "Null" && key != "NULL";
  return ends && safe ? std::optional(key) : std::nullopt;
}

bool is_list_item(std::string_view text, const Line& line) {
  return text[line.content] == '-' && line.content + 1 < line.end && text[line.content + 1] == ' ';
}

// Nothing but the key: its value starts on a later line.
bool is_bare_key(std::string_view text, const Line& line, std::string_view key) {
  std::size_t at = line.content + key.size() + 1;
  while (at < line.end && is_blank_or_break(text[at])) ++at;
  return at == line.end || text[at] == '#';
}

// Groups the starts of items into pieces of about the wanted size.
std::vector<Piece> group(const std::vector<std::size_t>& starts, std::size_t end, std::size_t wanted,
                         std::size_t depth) {
  std::vector<Piece> pieces;
  std::size_t begin = starts.front();
  for (const std::size_t start : starts) {
    if (start - begin < wanted) continue;
    pieces.push_back({begin, start, depth, false});
    begin = start;
  }
  pieces.push_back({begin, end, depth, false});
  return pieces;
}

// The items of the first indentation below a bare key, if each line between them lies deeper.
std::vector<std::size_t> item_starts(std::string_view text, std::size_t begin, std::size_t end) {
  std::vector<std::size_t> starts;
  std::size_t column = 0;
  bool list = false;
  for (Line line = line_at(text, begin); line.begin < end; line = line_at(text, line.end + 1)) {
    if (is_empty(text, line)) continue;
    const std::size_t indent = line.content - line.begin;
    if (starts.empty()) {
      column = indent;
      list = is_list_item(text, line);
      if (!list && (column == 0 || !plain_key(text, line))) return {};
    }
    if (indent < column) return {};
    if (indent > column) continue;
    if (list ? is_list_item(text, line) : plain_key(text, line).has_value()) starts.push_back(line.begin);
  }
  return starts;
}

struct Item {
  Line line;
  std::string_view key;
};

// Entries of the top level. None when the file does not start with one, or holds document markers.
std::vector<Item> top_items(std::string_view text) {
  std::vector<Item> items;
  bool started = false;
  const std::size_t first = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  for (Line line = line_at(text, first); line.begin < text.size(); line = line_at(text, line.end + 1)) {
    if (is_empty(text, line) || line.content != line.begin) {
      if (!started && !is_empty(text, line)) return {};
      continue;
    }
    const std::string_view rest = text.substr(line.begin, line.end - line.begin);
    if (rest.starts_with("---") || rest.starts_with("...") || rest.starts_with("%")) return {};
    const auto key = plain_key(text, line);
    if (!started && !key) return {};
    started = true;
    if (key) items.push_back({line, *key});
  }
  return items;
}

class Cutter {
 public:
  Cutter(std::string_view text, std::size_t wanted) : text_(text), wanted_(wanted) {}

  std::vector<Part> run() {
    const std::vector<Item> items = top_items(text_);
    for (std::size_t i = 0; i < items.size(); ++i) {
      const std::size_t end = i + 1 < items.size() ? items[i + 1].line.begin : text_.size();
      add(items[i], end);
    }
    close_run(text_.size());
    return std::move(parts_);
  }

 private:
  void add(const Item& item, std::size_t end) {
    const std::size_t begin = item.line.begin;
    if (end - begin >= 2 * wanted_ && is_bare_key(text_, item.line, item.key)) {
      const auto starts = item_starts(text_, std::min(item.line.end + 1, end), end);
      if (starts.size() > 1) {
        close_run(begin);
        parts_.push_back({item.key, group(starts, end, wanted_, 1)});
        run_begin_ = std::string_view::npos;
        return;
      }
    }
    if (run_begin_ == std::string_view::npos) run_begin_ = begin;
    if (end - run_begin_ >= wanted_) close_run(end);
  }

  // Ends the run of entries that was begun, if any.
  void close_run(std::size_t end) {
    if (run_begin_ == std::string_view::npos || run_begin_ >= end) return;
    parts_.push_back({{}, {{run_begin_, end, 0, false}}});
    run_begin_ = std::string_view::npos;
  }

  std::string_view text_;
  std::size_t wanted_;
  std::size_t run_begin_ = std::string_view::npos;
  std::vector<Part> parts_;
};

}  // namespace

std::vector<Part> cut(std::string_view text, std::size_t piece_bytes) {
  if (piece_bytes == 0 || text.size() < 2 * piece_bytes) return {};
  return Cutter(text, piece_bytes).run();
}

}  // namespace cordon::yaml
