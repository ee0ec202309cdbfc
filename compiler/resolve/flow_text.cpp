// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/resolve/flow_text.h"

namespace cordon::resolve {
namespace {

constexpr std::string_view arrow = "->";

class Words {
 public:
  explicit Words(std::string_view text) : rest_(text) {}

  // A comma, an arrow or a word; empty at the end. A service such as `tcp/1024-65535->443` is one word.
  [[nodiscard]] std::string_view peek() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
    if (rest_.empty()) return {};
    if (rest_.front() == ',') return rest_.substr(0, 1);
    const std::string_view word = rest_.substr(0, rest_.find_first_of(", "));
    const std::size_t at = word.find(arrow);
    if (at == 0) return word.substr(0, arrow.size());
    const bool ports = word.substr(0, at).find('/') != std::string_view::npos && !before_arrow_;
    return at == std::string_view::npos || ports ? word : word.substr(0, at);
  }
  std::string_view take() {
    const std::string_view word = peek();
    rest_.remove_prefix(word.size());
    if (word == arrow) before_arrow_ = false;
    return word;
  }

 private:
  std::string_view rest_;
  bool before_arrow_ = true;  // where a prefix may stand close to the arrow
};

bool is_word(std::string_view word) { return !word.empty() && word != "," && word != arrow; }

// Nothing where a word is missing.
syntax::Texts take_list(Words& words, source::Range range) {
  syntax::Texts list;
  for (;;) {
    if (!is_word(words.peek())) return {};
    list.push_back({words.take(), range});
    if (words.peek() != ",") return list;
    words.take();
  }
}

}  // namespace

Expected<FlowText, std::string_view> parse_flow_text(const syntax::Text& text) {
  Words words(text.value);
  FlowText flow;
  flow.from = take_list(words, text.range);
  if (flow.from.empty()) return Unexpected{std::string_view("before the arrow somebody has to be named")};
  if (words.take() != arrow) return Unexpected{std::string_view("it has no `->`")};
  flow.to = take_list(words, text.range);
  if (flow.to.empty()) return Unexpected{std::string_view("behind the arrow somebody has to be named")};
  if (words.peek().empty()) return flow;
  flow.services = take_list(words, text.range);
  if (flow.services.empty() || !words.peek().empty())
    return Unexpected{std::string_view("the services are a list with commas between them")};
  if (flow.services.size() == 1 && flow.services.front().value == "any") flow.services.clear();
  return flow;
}

}  // namespace cordon::resolve
