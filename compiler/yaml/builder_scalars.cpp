// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The scalars, tags and anchors of the builder: what stands at the cursor and where it ends.

#include <algorithm>
#include <cstring>
#include <ranges>

#include <fmt/format.h>

#include "compiler/diagnostics/kinds/yaml.h"
#include "compiler/source/utf8.h"
#include "compiler/yaml/builder.h"
#include "compiler/yaml/inspect.h"

namespace cordon::yaml {
namespace {

namespace kind = diagnostics::kind;

struct TagName {
  std::string_view name;
  Tag tag;
  Kind fits;
};

constexpr TagName tag_names[] = {
    {"!!str", Tag::string, Kind::scalar},     {"!!int", Tag::integer, Kind::scalar},
    {"!!float", Tag::floating, Kind::scalar}, {"!!bool", Tag::boolean, Kind::scalar},
    {"!!null", Tag::null, Kind::null},        {"!!seq", Tag::sequence, Kind::sequence},
    {"!!map", Tag::mapping, Kind::mapping},   {"!csv", Tag::csv, Kind::mapping},
};

const TagName* find_tag(std::string_view name) {
  for (const TagName& row : tag_names) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

std::string_view kind_name(Kind found) {
  switch (found) {
    case Kind::null:
      return "an empty value";
    case Kind::scalar:
      return "a single value";
    case Kind::sequence:
      return "a list";
    case Kind::mapping:
      return "a mapping";
  }
  return {};
}

// As the parser has it: a tag ends where it cannot go on.
bool is_tag_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         (c != '\0' && std::string_view("!-#;/?:@&=+$_.~*'()%").find(c) != std::string_view::npos);
}

bool is_null_word(std::string_view word) {
  return word == "~" || word == "null" || word == "Null" || word == "NULL";
}

}  // namespace

// Behind a word for nothing at `at`, or `at` when there is none. A word before a colon is the next key.
std::size_t Builder::null_word(std::size_t at) const {
  const std::string_view text = input_.text;
  std::size_t end = at;
  while (end < text.size() && !is_blank_or_break(text[end]) && !is_flow_indicator(text[end]) &&
         text[end] != ':')
    ++end;
  if (!is_null_word(text.substr(at, end - at))) return at;
  Cursor after(text, end);
  after.skip_spaces();
  return after.peek() == ':' && !expects_key() ? at : end;
}

Builder::Properties Builder::take_properties() {
  Properties properties;
  while (cursor_.peek() == '!' || cursor_.peek() == '&') {
    const std::size_t begin = cursor_.at();
    const bool is_tag = cursor_.peek() == '!';
    if (is_tag) {
      properties.tag = take_tag();
      properties.tag_range = range(begin, cursor_.at());
    } else {
      while (!is_blank_or_break(cursor_.peek()) && !is_flow_indicator(cursor_.peek()))
        cursor_.take(cursor_.peek());
    }
    properties.present = true;
    properties.end = cursor_.at();
    cursor_.skip_blanks();
  }
  return properties;
}

Tag Builder::take_tag() {
  const std::size_t begin = cursor_.at();
  if (cursor_.peek(1) == '<') {
    while (!is_blank_or_break(cursor_.peek()) && cursor_.peek() != '>') cursor_.take(cursor_.peek());
    cursor_.take('>');
  }
  while (is_tag_character(cursor_.peek())) cursor_.take(cursor_.peek());
  if (!is_blank_or_break(cursor_.peek()) && !is_flow_indicator(cursor_.peek())) unexpected();
  const std::string_view name = input_.text.substr(begin, cursor_.at() - begin);
  if (const TagName* row = find_tag(name)) return row->tag;
  findings_.sink()
      .build(kind::unknown_tag, range(begin, cursor_.at()), excerpt(name))
      .help("delete the tag; `!csv` reads an inventory, and plain values need none")
      .emit();
  return Tag::none;
}

void Builder::check_tag(const Properties& properties, Kind found) {
  if (properties.tag == Tag::none) return;
  const auto* row = std::find_if(std::begin(tag_names), std::end(tag_names),
                                 [&](const TagName& name) { return name.tag == properties.tag; });
  if (row->fits == found) return;
  findings_.sink()
      .build(kind::tag_mismatch, properties.tag_range, row->name, kind_name(found))
      .help("delete the tag")
      .emit();
}

Node Builder::read_scalar(const std::string& value, const Properties& properties) {
  const char first = cursor_.peek();
  const bool stands_here = !value.empty() || cursor_.starts_with("\"\"") || cursor_.starts_with("''") ||
                           first == '|' || first == '>';
  if (properties.present && !stands_here) {
    cursor_.move_to(properties.end);
    const Range place = range(properties.end, properties.end);
    return properties.tag == Tag::string ? Node::make_scalar({}, Style::quoted, place)
                                         : Node::make_null(place);
  }
  if (first == '"' || first == '\'') return read_quoted(value);
  const bool in_flow = !frames_.empty() && frames_.back().form != Form::block_sequence &&
                       frames_.back().form != Form::block_mapping;
  if (!in_flow && (first == '|' || first == '>')) return read_block(value);
  Node node = read_plain(value);
  if (properties.tag == Tag::string) return Node::make_scalar(node.text(), Style::quoted, node.range());
  if (properties.present && is_null_word(value)) return Node::make_null(node.range());
  return node;
}

Node Builder::read_quoted(const std::string& value) {
  const std::size_t begin = cursor_.at();
  const std::size_t end = quoted_end(input_.text, begin);
  if (end == std::string_view::npos) {
    refuse(range(begin, begin + 1), "this quote is never closed", "close it at the end of the value");
  }
  if (!reads_as(input_.text.substr(begin + 1, end - begin - 2), input_.text[begin], value)) unexpected();
  cursor_.move_to(end);
  const Range place = range(begin, end);
  const std::string_view text = keep(begin + 1, end - begin - 2, value);
  if (text.data() != input_.text.data() + begin + 1) check_unescaped(text, place);
  return Node::make_scalar(text, Style::quoted, place);
}

Node Builder::read_block(const std::string& value) {
  const std::size_t begin = cursor_.at();
  const std::size_t end = block_end(input_.text, begin, block_column());
  const std::size_t header = std::min(input_.text.find('\n', begin), end);
  if (!reads_as(input_.text.substr(header, end - header), '|', value)) unexpected();
  cursor_.move_to(end);
  return Node::make_scalar(keep(begin, 0, value), Style::block, range(begin, end));
}

Node Builder::read_plain(const std::string& value) {
  const std::size_t begin = cursor_.at();
  const std::size_t end = plain_end(input_.text, begin, value);
  if (end == std::string_view::npos || end == begin) unexpected();
  cursor_.move_to(end);
  return Node::make_scalar(keep(begin, end - begin, value), Style::plain, range(begin, end));
}

// A view into the file when it reads as `value` there, else into a copy.
std::string_view Builder::keep(std::size_t begin, std::size_t size, const std::string& value) {
  const std::string_view written = input_.text.substr(begin, size);
  if (written == value) return written;
  if (value.empty()) return {};
  char* copy = static_cast<char*>(storage_.allocate(value.size(), 1));
  std::ranges::copy(value, copy);
  return {copy, value.size()};
}

// Escapes can write what no file may hold.
void Builder::check_unescaped(std::string_view value, Range place) {
  const auto found = find_forbidden(value);
  if (!found) return;
  const std::string name = fmt::format("U+{:04X}", *found);
  auto& sink = findings_.sink();
  auto builder = source::is_control(*found) ? sink.build(kind::control_character, place, name)
                                            : sink.build(kind::invisible_character, place, name);
  builder.here("written as an escape").help("delete the escape").emit();
}

// Of the innermost block collection; block scalars count their indentation from there.
int Builder::block_column() const {
  for (const Frame& frame : frames_ | std::views::reverse) {
    if (frame.form != Form::block_sequence && frame.form != Form::block_mapping) continue;
    const std::size_t line = input_.text.rfind('\n', frame.begin);
    const std::size_t first = input_.text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    const std::size_t start = line == std::string_view::npos ? first : line + 1;
    return static_cast<int>(frame.begin - start);
  }
  return -1;
}

}  // namespace cordon::yaml
