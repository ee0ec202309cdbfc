// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/resolve/specifier.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace cordon::resolve {
namespace {

constexpr std::string_view arrow_sign = "->";
constexpr std::string_view named_kinds[] = {"zone", "network", "host", "group", "device"};
constexpr std::string_view a_term = "a name, a prefix, `any`, `/pattern/` or `(`";

struct Token {
  enum class Kind : std::uint8_t { end, sign, arrow, word, pattern } kind = Kind::end;
  Term term;  // with its span, of any token; the text of a sign is the sign

  [[nodiscard]] bool is(char sign) const { return kind == Kind::sign && term.text.front() == sign; }
  [[nodiscard]] bool is_term() const { return kind == Kind::word || kind == Kind::pattern; }
};

bool is_sign(char letter) { return std::string_view(",&\\()").find(letter) != std::string_view::npos; }
bool is_blank(char letter) { return letter == ' ' || letter == '\t'; }

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) { advance(); }

  std::optional<SetSyntax> whole_set() {
    auto set = parse_set(0);
    if (set && token_.kind != Token::Kind::end) return fail("`,`, `&`, `\\` or the end");
    return set;
  }

  std::optional<FlowSyntax> whole_flow() {
    FlowSyntax flow;
    auto from = parse_set(0);
    if (!from) return std::nullopt;
    if (token_.kind != Token::Kind::arrow) return fail("`->`");
    advance();
    auto to = parse_set(0);
    if (!to) return std::nullopt;
    flow.from = std::move(*from);
    flow.to = std::move(*to);
    if (token_.kind == Token::Kind::end) return flow;
    if (token_.kind != Token::Kind::word) return fail("a service or the end");
    if (!parse_services(flow)) return std::nullopt;
    return flow;
  }

  [[nodiscard]] SyntaxFault fault() const { return fault_; }

 private:
  std::optional<SetSyntax> parse_set(std::size_t depth) {
    SetSyntax set;
    set.span.begin = token_.term.span.begin;
    for (;;) {
      Product product;
      if (!parse_product(product, depth)) return std::nullopt;
      set.products.push_back(std::move(product));
      if (!token_.is(',')) break;
      advance();
    }
    set.span.end = last_end_;
    return set;
  }

  bool parse_product(Product& product, std::size_t depth) {
    if (!parse_factor(product, Factor::Operation::intersect, depth)) return false;
    while (token_.is('&') || token_.is('\\')) {
      const auto operation = token_.is('&') ? Factor::Operation::intersect : Factor::Operation::subtract;
      advance();
      if (!parse_factor(product, operation, depth)) return false;
    }
    return true;
  }

  bool parse_factor(Product& product, Factor::Operation operation, std::size_t depth) {
    Factor factor{operation, {}, {}};
    if (token_.is_term()) {
      factor.term = token_.term;
      advance();
      product.push_back(std::move(factor));
      return true;
    }
    if (!token_.is('(')) return refuse(a_term);
    if (depth == deepest_expression)
      return say(token_.term.span, fmt::format("it has more than {} parentheses inside each other", depth));
    advance();
    auto set = parse_set(depth + 1);
    if (!set) return false;
    if (!token_.is(')')) return refuse("`,`, `&`, `\\` or `)`");
    advance();
    factor.group.push_back(std::move(*set));
    product.push_back(std::move(factor));
    return true;
  }

  // A word such as `tcp/1024-65535->443` has an arrow in it, so they are read by a rule of their own.
  bool parse_services(FlowSyntax& flow) {
    at_ = token_.term.span.begin;
    flow.services_span = {at_, text_.find_last_not_of(" \t") + 1};
    for (;;) {
      skip_blanks();
      const std::size_t begin = at_;
      while (at_ < text_.size() && !is_blank(text_[at_]) && text_[at_] != ',') ++at_;
      const Span span{begin, at_};
      if (begin == at_) return say(byte_at(begin), "expected a service" + found_at(begin));
      flow.services.push_back({{}, text_.substr(begin, at_ - begin), false, span});
      skip_blanks();
      if (at_ == text_.size()) return true;
      if (text_[at_] != ',')
        return say(byte_at(at_), "expected `,` between services or the end" + found_at(at_));
      ++at_;
    }
  }

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }

  void advance() {
    last_end_ = token_.term.span.end;
    skip_blanks();
    token_ = {};
    token_.term.span = {at_, at_};
    if (at_ == text_.size()) return;
    if (text_.substr(at_).starts_with(arrow_sign)) return take(Token::Kind::arrow, arrow_sign.size());
    if (is_sign(text_[at_])) return take(Token::Kind::sign, 1);
    take_word();
  }

  void take(Token::Kind kind, std::size_t length) {
    token_.kind = kind;
    token_.term.text = text_.substr(at_, length);
    token_.term.span = {at_, at_ + length};
    at_ += length;
  }

  void take_word() {
    std::size_t length = 0;
    const std::string_view rest = text_.substr(at_);
    while (length < rest.size() && !is_blank(rest[length]) && !is_sign(rest[length]) &&
           !rest.substr(length).starts_with(arrow_sign)) {
      const std::string_view kind = rest.substr(0, length);
      const bool opens = length == 0 || (kind.back() == ':' && is_named_kind(kind.substr(0, length - 1)));
      if (opens && rest[length] == '/') return take_pattern(kind);
      ++length;
    }
    take(Token::Kind::word, length);
    const std::size_t colon = token_.term.text.find(':');
    const std::string_view kind = token_.term.text.substr(0, colon);
    if (colon == std::string_view::npos || !is_kind(kind)) return;
    token_.term.kind = kind;
    token_.term.text.remove_prefix(colon + 1);
  }

  // Up to the next slash that no backslash precedes. Without one it reaches to the end, which is told later.
  void take_pattern(std::string_view kind) {
    const std::size_t begin = at_ + kind.size() + 1;
    std::size_t end = begin;
    while (end < text_.size() && text_[end] != '/') end += text_[end] == '\\' ? 2U : 1U;
    end = std::min(end, text_.size());
    token_.kind = Token::Kind::pattern;
    token_.term = {kind.substr(0, kind.size() - (kind.empty() ? 0 : 1)),
                   text_.substr(begin, end - begin),
                   true,
                   {at_, std::min(end + 1, text_.size())}};
    at_ = token_.term.span.end;
    if (end == text_.size())
      say(token_.term.span, "the pattern has no `/` at its end");
    else if (token_.term.text.empty() || token_.term.text.size() > longest_pattern)
      say(token_.term.span, fmt::format("a pattern has 1 to {} bytes", longest_pattern));
  }

  static bool is_named_kind(std::string_view word) {
    return std::ranges::find(named_kinds, word) != std::end(named_kinds);
  }
  static bool is_kind(std::string_view word) {
    return is_named_kind(word) || word == "type" || word == "vlan";
  }

  [[nodiscard]] Span byte_at(std::size_t at) const { return {at, std::min(at + 1, text_.size())}; }
  [[nodiscard]] std::string found_at(std::size_t at) const {
    return at >= text_.size() ? ", found the end" : fmt::format(", found `{}`", text_.substr(at, 1));
  }
  std::nullopt_t fail(std::string_view expected) {
    refuse(expected);
    return std::nullopt;
  }
  bool refuse(std::string_view expected) {
    const Term& term = token_.term;
    const std::string_view found = text_.substr(term.span.begin, term.span.end - term.span.begin);
    return say(term.span, fmt::format("expected {}, found {}", expected,
                                      found.empty() ? std::string("the end") : fmt::format("`{}`", found)));
  }
  // What is found first is told; always false.
  bool say(Span span, std::string message) {
    if (fault_.message.empty()) fault_ = {span, std::move(message)};
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0, last_end_ = 0;
  Token token_;
  SyntaxFault fault_;
};

template <class Syntax>
Expected<Syntax, SyntaxFault> parse(std::string_view text, std::optional<Syntax> (Parser::*read)()) {
  if (text.size() > longest_expression)
    return Unexpected{
        SyntaxFault{{0, text.size()}, fmt::format("it has more than {} bytes", longest_expression)}};
  Parser parser(text);
  auto syntax = (parser.*read)();
  const SyntaxFault fault = parser.fault();
  if (!syntax || !fault.message.empty()) return Unexpected{fault};
  return std::move(*syntax);
}

}  // namespace

std::vector<Term> SetSyntax::plain() const {
  std::vector<Term> terms;
  for (const Product& product : products) {
    if (product.size() != 1 || !product.front().group.empty()) return {};
    terms.push_back(product.front().term);
  }
  return terms;
}

Expected<SetSyntax, SyntaxFault> parse_set(std::string_view text) {
  return parse<SetSyntax>(text, &Parser::whole_set);
}

Expected<FlowSyntax, SyntaxFault> parse_flow(std::string_view text) {
  return parse<FlowSyntax>(text, &Parser::whole_flow);
}

}  // namespace cordon::resolve
