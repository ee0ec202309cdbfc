// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/yaml/tokens.h"

#include <algorithm>

#include "compiler/yaml/cursor.h"
#include "compiler/yaml/inspect.h"

namespace cordon::yaml {
namespace {

// What surrounds a node.
struct Place {
  std::uint32_t depth = 0;
  bool in_flow = false;
  bool key = false;
};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {
    if (text.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
    line_ = at_;
  }

  std::optional<std::vector<Token>> run(const Node& root) {
    add_node(root, {});
    add_gap(text_.size(), {});
    if (!sound_) return std::nullopt;
    return std::move(tokens_);
  }

 private:
  void add_node(const Node& node, const Place& place) {
    const source::Range range = node.range();
    if (!range.valid()) return;  // of a file without any value
    const bool collection = !node.is_alias() && (node.is_sequence() || node.is_mapping());
    add_gap(range.begin, place);
    if (collection) {
      add_collection(node, place);
    } else if (range.begin != range.end) {
      add(node.is_alias() ? TokenKind::alias : TokenKind::value, range.end - range.begin, place);
      if (node.is_scalar() && !node.is_alias()) tokens_.back().style = node.style();
    }
  }

  void add_collection(const Node& node, const Place& place) {
    const bool flow = node.style() == Style::flow;
    const bool brackets = flow && (text_[at_] == '[' || text_[at_] == '{');
    if (brackets) add(TokenKind::open, 1, place);
    const Place inside{place.depth + (flow ? 0U : 1U), flow, false};
    const Place key{inside.depth, flow, true};
    if (node.is_sequence()) {
      for (const Node& item : node.items()) add_node(item, inside);
    } else {
      for (const Entry& entry : node.entries()) {
        add_node(entry.key, key);
        add_node(entry.value, inside);
      }
    }
    if (brackets) add_gap(node.range().end, inside);
  }

  void add(TokenKind kind, std::size_t bytes, const Place& place) {
    Token token;
    token.kind = kind;
    token.in_flow = place.in_flow;
    token.own = !place.in_flow && (kind == TokenKind::dash || (place.key && is_part_of_value(kind)));
    token.depth = place.depth;
    token.text = text_.substr(at_, bytes);
    token.column = static_cast<std::uint32_t>(characters(text_.substr(line_, at_ - line_)));
    token.blanks = blanks_;
    token.breaks = breaks_;
    tokens_.push_back(token);
    if (const std::size_t last = token.text.rfind('\n'); last != std::string_view::npos)
      line_ = at_ + last + 1;
    at_ += bytes;
    blanks_ = breaks_ = 0;
  }

  // Anchors and tags before a key begin its entry.
  static bool is_part_of_value(TokenKind kind) {
    return kind == TokenKind::value || kind == TokenKind::alias || kind == TokenKind::property;
  }

  void add_gap(std::size_t end, const Place& place) {
    while (at_ < end && sound_) {
      if (is_blank_or_break(text_[at_])) {
        skip_blank();
      } else {
        add_indicator(place);
      }
    }
    if (at_ > end) sound_ = false;
  }

  void skip_blank() {
    if (text_[at_] == '\n') {
      ++breaks_;
      blanks_ = 0;
      line_ = at_ + 1;
    } else {
      ++blanks_;
    }
    ++at_;
  }

  void add_indicator(const Place& place) {
    const char c = text_[at_];
    const std::string_view rest = text_.substr(at_);
    if (c == '#') return add(TokenKind::comment, line_length(rest), place);
    if (at_ == line_ && c == '%') return add(TokenKind::marker, line_length(rest), {});
    if (at_ == line_ && (rest.starts_with("---") || rest.starts_with("...")))
      return add(TokenKind::marker, 3, {});
    if (c == '!' || c == '&') return add(TokenKind::property, property_length(rest), place);
    constexpr std::string_view indicators = "-?:,[{]}";
    constexpr TokenKind kinds[] = {TokenKind::dash, TokenKind::question, TokenKind::colon, TokenKind::comma,
                                   TokenKind::open, TokenKind::open,     TokenKind::close, TokenKind::close};
    const std::size_t which = indicators.find(c);
    if (which == std::string_view::npos) {
      sound_ = false;
    } else {
      add(kinds[which], 1, place);
    }
  }

  // Without the blanks at its end.
  static std::size_t line_length(std::string_view rest) {
    std::size_t end = std::min(rest.find('\n'), rest.size());
    while (end > 0 && is_blank_or_break(rest[end - 1])) --end;
    return end;
  }

  static std::size_t property_length(std::string_view rest) {
    std::size_t end = 1;
    while (end < rest.size() && !is_blank_or_break(rest[end]) && !is_flow_indicator(rest[end])) ++end;
    return end;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 0;  // where its line begins
  std::uint32_t blanks_ = 0, breaks_ = 0;
  bool sound_ = true;
  std::vector<Token> tokens_;
};

}  // namespace

std::optional<std::vector<Token>> read_tokens(std::string_view text, const Node& root) {
  return Reader(text).run(root);
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace cordon::yaml
