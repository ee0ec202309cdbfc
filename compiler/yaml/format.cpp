// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/yaml/format.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/yaml/cursor.h"
#include "compiler/yaml/inspect.h"
#include "compiler/yaml/layout.h"
#include "compiler/yaml/load.h"
#include "compiler/yaml/tokens.h"

namespace cordon::yaml {
namespace {

bool same_characters(std::string_view before, std::string_view after) {
  if (before.starts_with(byte_order_mark)) before.remove_prefix(byte_order_mark.size());
  std::size_t at = 0;
  for (const char c : after) {
    if (is_blank_or_break(c)) continue;
    while (at < before.size() && is_blank_or_break(before[at])) ++at;
    if (at == before.size() || before[at] != c) return false;
    ++at;
  }
  return std::ranges::all_of(before.substr(at), is_blank_or_break);
}

// Values are compared as a tree; all else here, with the blanks inside it.
bool same_tokens(std::span<const Token> before, std::span<const Token> after) {
  return std::ranges::equal(before, after, [](const Token& a, const Token& b) {
    return a.kind == b.kind && a.depth == b.depth && a.in_flow == b.in_flow &&
           (a.kind == TokenKind::value || a.text == b.text);
  });
}

// The first thing that differs from what was meant, in words; empty when nothing does.
std::string_view difference(std::string_view text, std::span<const Token> tokens, const Node& root,
                            const std::string& formatted) {
  source::Sources sources;
  diagnostics::Diagnostics found;
  const source::FileId file = sources.add("formatted", formatted);
  if (!same_characters(text, formatted)) return "a character would be lost";
  const auto document = load(sources, file, found);
  if (!document || found.has_errors()) return "it could not be read any more";
  if (!same_tree(root, document->root())) return "a value would change";
  const auto again = read_tokens(sources.text(file), document->root());
  if (!again || !same_tokens(tokens, *again)) return "a comment, a tag or an anchor would move";
  return {};
}

Range range_of(source::FileId file, std::string_view text, std::string_view part) {
  const auto begin = static_cast<std::uint32_t>(part.data() - text.data());
  return {file, begin, begin + static_cast<std::uint32_t>(part.size())};
}

}  // namespace

bool same_tree(const Node& a, const Node& b) {
  if (a.kind() != b.kind() || a.style() != b.style() || a.tag() != b.tag() || a.is_alias() != b.is_alias())
    return false;
  if (a.is_scalar()) return a.text() == b.text();
  if (a.is_sequence()) return std::ranges::equal(a.items(), b.items(), same_tree);
  if (!a.is_mapping()) return true;
  return std::ranges::equal(a.entries(), b.entries(), [](const Entry& x, const Entry& y) {
    return same_tree(x.key, y.key) && same_tree(x.value, y.value);
  });
}

Expected<std::string, FormatFault> format(const source::Sources& sources, source::FileId file,
                                          const Document& document) {
  const std::string_view text = sources.text(file);
  const auto tokens = read_tokens(text, document.root());
  const Range start{file, 0, 0};
  if (!tokens)
    return Unexpected{
        FormatFault{start, "its values do not account for all of its text", "please report it"}};
  const auto question = std::ranges::find(*tokens, TokenKind::question, &Token::kind);
  if (question != tokens->end()) {
    return Unexpected{FormatFault{range_of(file, text, question->text), "a key stands behind a `?`",
                                  "write it as `key: value`"}};
  }
  std::string formatted = lay_out(*tokens);
  const std::string_view changed = difference(text, *tokens, document.root(), formatted);
  if (changed.empty()) return formatted;
  return Unexpected{
      FormatFault{start, std::string(changed),
                  "blanks and empty lines at the end of a text behind `|` or `>` are a frequent "
                  "cause; write such a text in quotes"}};
}

}  // namespace cordon::yaml
