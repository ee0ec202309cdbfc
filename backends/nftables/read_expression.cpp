// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/read_expression.h"

#include <algorithm>
#include <iterator>

#include "backends/nftables/read_names.h"

namespace cordon::backends::nftables::reading {
namespace {

struct VerdictWord {
  std::string_view word;
  Verdict verdict;
  bool has_target;
};
constexpr VerdictWord verdicts[] = {
    {"accept", Verdict::accept, false}, {"drop", Verdict::drop, false}, {"continue", Verdict::proceed, false},
    {"return", Verdict::leave, false},  {"jump", Verdict::jump, true},  {"goto", Verdict::go_to, true},
};

struct OperatorWord {
  std::string_view word;
  Operator op;
};
constexpr OperatorWord operators[] = {
    {"==", Operator::equal},   {"eq", Operator::equal},    {"!=", Operator::unequal},
    {"ne", Operator::unequal}, {"<", Operator::less},      {"lt", Operator::less},
    {">", Operator::greater},  {"gt", Operator::greater},  {"<=", Operator::at_most},
    {"le", Operator::at_most}, {">=", Operator::at_least}, {"ge", Operator::at_least},
    {"!", Operator::none_of},
};

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

source::Range join(source::Range a, source::Range b) {
  if (a.file == b.file) a.end = std::max(a.end, b.end);
  return a;
}

// Goes one deeper for as long as it lives.
class Deeper {
 public:
  explicit Deeper(unsigned& depth) : depth_(depth) { ++depth_; }
  ~Deeper() { --depth_; }
  Deeper(const Deeper&) = delete;
  Deeper& operator=(const Deeper&) = delete;
  [[nodiscard]] bool too_deep() const { return depth_ > deepest_nesting; }

 private:
  unsigned& depth_;
};

}  // namespace

NodeId ExpressionParser::add(NodeKind kind, const Token& at, std::string_view text) {
  Node node;
  node.kind = kind;
  node.range = at.range;
  node.text = text;
  return tree_.add(node);
}

NodeId ExpressionParser::wrap(NodeKind kind, NodeId first, NodeId second) {
  Node node;
  node.kind = kind;
  node.range = join(tree_[first].range, tree_[second].range);
  return tree_.add(node, {first, second});
}

void ExpressionParser::skip_line_ends() {
  while (tokens_.peek().kind == TokenKind::line_end) tokens_.take();
}

bool ExpressionParser::at_selector() {
  const Token& token = tokens_.peek();
  if (token.kind != TokenKind::word) return false;
  return is_meta_key(token.text) || (has_fields(token.text) && tokens_.peek(1).kind == TokenKind::word);
}

// `ct original ip saddr`, `ct state`: nothing but the state is modelled, so only its extent matters.
NodeId ExpressionParser::ct_selector(const Token& base) {
  Token key = tokens_.take();
  if (key.is("original") || key.is("reply")) {
    key = tokens_.take();
    if (key.is("ip") || key.is("ip6")) key = tokens_.take();
  }
  const NodeId id = add(NodeKind::selector, base, key.text);
  tree_[id].range = join(base.range, key.range);
  tree_[id].selector = find_selector("ct", key.text).value_or(Selector::other);
  return id;
}

NodeId ExpressionParser::selector() {
  const Token base = tokens_.take();
  if (base.is("ct")) return ct_selector(base);
  const bool alone = is_meta_key(base.text) && !has_fields(base.text);
  const Token name = alone ? base : tokens_.take();
  const NodeId id = add(NodeKind::selector, base, name.text);
  tree_[id].range = join(base.range, name.range);
  tree_[id].selector = find_selector(alone ? "meta" : base.text, name.text).value_or(Selector::other);
  // An option has a name and a field: `tcp option maxseg size`.
  if (name.is("option") && tokens_.peek().kind == TokenKind::word) {
    tokens_.take();
    if (tokens_.peek().is("size") || tokens_.peek().is("kind") || tokens_.peek().is("count")) tokens_.take();
  }
  return id;
}

NodeId ExpressionParser::selectors() {
  const NodeId first = selector();
  if (!tokens_.peek().is(".")) return first;
  Node node;
  node.kind = NodeKind::concat;
  node.range = tree_[first].range;
  const NodeId concat = tree_.add(node);
  NodeId last;
  tree_.adopt(concat, last, first);
  while (tokens_.take_if(".")) {
    if (!at_selector()) return {};
    tree_.adopt(concat, last, selector());
  }
  tree_[concat].range = join(tree_[first].range, tree_[last].range);
  return concat;
}

Operator ExpressionParser::relational() {
  const Token& token = tokens_.peek();
  const auto* const found =
      std::ranges::find_if(operators, [&](const auto& row) { return token.is(row.word); });
  if (found == std::end(operators)) return Operator::implicit;
  tokens_.take();
  return found->op;
}

NodeId ExpressionParser::relation() {
  const NodeId left = selectors();
  return left.valid() ? after_selector(left) : NodeId{};
}

NodeId ExpressionParser::after_selector(NodeId left) {
  if (tokens_.take_if("vmap")) {
    const Token token = tokens_.peek();
    if (token.kind == TokenKind::reference) tokens_.take();
    const NodeId right =
        token.kind == TokenKind::reference ? add(NodeKind::reference, token, token.text) : set();
    return right.valid() ? wrap(NodeKind::vmap, left, right) : NodeId{};
  }
  const Selector selector = tree_[left].selector;
  if (tokens_.take_if("&")) {
    const NodeId mask = listed(true, true);
    if (!mask.valid()) return {};
    left = wrap(NodeKind::masked, left, mask);
  }
  const Operator op = relational();
  const NodeId right = right_side(selector);
  if (!right.valid()) return {};
  const NodeId match = wrap(NodeKind::match, left, right);
  tree_[match].op = op;
  return match;
}

// `syn / syn,ack` is a value and a mask where values are flags; elsewhere `/` stays with its address.
NodeId ExpressionParser::right_side(Selector left) {
  const Token token = tokens_.peek();
  if (token.is("{")) return set();
  if (token.kind == TokenKind::reference) {
    tokens_.take();
    return add(NodeKind::reference, token, token.text);
  }
  const bool flags = field(left).values == Values::flags;
  const NodeId value = listed(flags, true);
  if (!value.valid() || !flags || !tokens_.take_if("/")) return value;
  const NodeId mask = listed(true, true);
  return mask.valid() ? wrap(NodeKind::slash, value, mask) : NodeId{};
}

// `a,b`, `a | b`, `(a | b)`; between the elements of a set a comma is not of the list.
NodeId ExpressionParser::listed(bool flags, bool commas) {
  const NodeId first = concatenation(flags);
  const auto goes_on = [&](const Token& token) { return token.is("|") || (commas && token.is(",")); };
  if (!first.valid() || !goes_on(tokens_.peek())) return first;
  Node node;
  node.kind = NodeKind::list;
  node.range = tree_[first].range;
  const NodeId list = tree_.add(node);
  NodeId last;
  tree_.adopt(list, last, first);
  while (goes_on(tokens_.peek())) {
    tokens_.take();
    const NodeId next = concatenation(flags);
    if (!next.valid()) return {};
    tree_.adopt(list, last, next);
  }
  tree_[list].range = join(tree_[first].range, tree_[last].range);
  return list;
}

NodeId ExpressionParser::concatenation(bool flags) {
  const NodeId first = item(flags);
  if (!first.valid() || !tokens_.peek().is(".")) return first;
  Node node;
  node.kind = NodeKind::concat;
  node.range = tree_[first].range;
  const NodeId concat = tree_.add(node);
  NodeId last;
  tree_.adopt(concat, last, first);
  while (tokens_.take_if(".")) {
    const NodeId next = item(flags);
    if (!next.valid()) return {};
    tree_.adopt(concat, last, next);
  }
  tree_[concat].range = join(tree_[first].range, tree_[last].range);
  return concat;
}

NodeId ExpressionParser::item(bool flags) {
  const NodeId first = atom();
  if (!first.valid()) return first;
  if (tokens_.peek().is("-")) {
    tokens_.take();
    const NodeId second = atom();
    return second.valid() ? wrap(NodeKind::range, first, second) : second;
  }
  if (!flags && tokens_.peek().is("/") && is_number(tokens_.peek(1).text)) {
    tokens_.take();
    const NodeId second = atom();
    return second.valid() ? wrap(NodeKind::slash, first, second) : second;
  }
  return first;
}

NodeId ExpressionParser::atom() {
  const Deeper deeper(depth_);
  if (deeper.too_deep()) return {};
  const Token token = tokens_.peek();
  if (token.is("(")) {
    tokens_.take();
    const NodeId inner = listed(true, true);
    return tokens_.take_if(")") ? inner : NodeId{};
  }
  if (token.is("{")) return set();
  if (token.is("*")) {
    tokens_.take();
    return add(NodeKind::any, token);
  }
  if (!token.names()) return {};
  tokens_.take();
  const NodeId word = add(NodeKind::word, token, token.text);
  tree_[word].quoted = token.kind == TokenKind::text;
  return word;
}

NodeId ExpressionParser::set() {
  const Deeper deeper(depth_);
  const Token open = tokens_.peek();
  if (deeper.too_deep() || !tokens_.take_if("{")) return {};
  const NodeId set = add(NodeKind::set, open);
  NodeId last;
  skip_line_ends();
  while (!tokens_.peek().is("}")) {
    const NodeId next = element();
    if (!next.valid()) return {};
    tree_.adopt(set, last, next);
    skip_line_ends();
    if (!tokens_.take_if(",")) break;
    skip_line_ends();
  }
  tree_[set].range = join(open.range, tokens_.peek().range);
  return tokens_.take_if("}") ? set : NodeId{};
}

NodeId ExpressionParser::element() {
  const Token start = tokens_.peek();
  const NodeId key = listed(false, false);
  if (!key.valid()) return {};
  Node node;
  node.kind = NodeKind::element;
  node.range = tree_[key].range;
  if (!element_options(node)) return {};
  NodeId data;
  if (tokens_.take_if(":")) {
    skip_line_ends();
    data = verdict();
    if (!data.valid()) data = listed(false, false);
    if (!data.valid() || !element_options(node)) return {};
    node.range = join(start.range, tree_[data].range);
  }
  return data.valid() ? tree_.add(node, {key, data}) : tree_.add(node, {key});
}

bool ExpressionParser::element_options(Node& element) {
  while (true) {
    skip_line_ends();
    if (tokens_.take_if("comment")) {
      element.text = tokens_.take().text;
    } else if (tokens_.take_if("counter")) {
      skip_counts();
    } else if (tokens_.peek().is("timeout") || tokens_.peek().is("expires")) {
      element.expires = true;
      tokens_.take();
      tokens_.take();
    } else if (tokens_.take_if("limit")) {
      element.expires = true;
      if (!skip_limit()) return false;
    } else {
      const Token& next = tokens_.peek();
      return next.is(",") || next.is("}") || next.is(":");
    }
  }
}

NodeId ExpressionParser::verdict() {
  const Token word = tokens_.peek();
  const auto* const found =
      std::ranges::find_if(verdicts, [&](const auto& row) { return word.is(row.word); });
  if (found == std::end(verdicts)) return {};
  tokens_.take();
  const NodeId id = add(NodeKind::verdict, word);
  tree_[id].verdict = found->verdict;
  if (!found->has_target) return id;
  const Token target = tokens_.peek();
  if (!target.names()) return {};
  tokens_.take();
  tree_[id].text = target.text;
  tree_[id].range = join(word.range, target.range);
  return id;
}

void ExpressionParser::skip_counts() {
  if (tokens_.take_if("name")) {
    tokens_.take();
    return;
  }
  while (tokens_.peek().is("packets") || tokens_.peek().is("bytes")) {
    tokens_.take();
    if (is_number(tokens_.peek().text)) tokens_.take();
  }
}

// `rate over 10 mbytes/second burst 5 packets`, `name "x"`.
bool ExpressionParser::skip_limit() {
  if (tokens_.take_if("name")) return tokens_.take().names();
  if (!tokens_.take_if("rate")) return false;
  if (!tokens_.take_if("over")) tokens_.take_if("until");
  for (tokens_.take(); !tokens_.peek().is("/"); tokens_.take()) {
    if (tokens_.peek().kind != TokenKind::word) return false;
  }
  tokens_.take();
  tokens_.take();
  if (tokens_.take_if("burst")) {
    tokens_.take();
    if (tokens_.peek().is("packets") || tokens_.peek().text.ends_with("bytes")) tokens_.take();
  }
  return true;
}

}  // namespace cordon::backends::nftables::reading
