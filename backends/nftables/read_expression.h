// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Expressions of an nft script: selectors, values, sets and the comparisons between them.
#ifndef BACKENDS_NFTABLES_READ_EXPRESSION_H
#define BACKENDS_NFTABLES_READ_EXPRESSION_H

#include <string_view>

#include "backends/nftables/read_tokens.h"
#include "backends/nftables/read_tree.h"

namespace cordon::backends::nftables::reading {

inline constexpr unsigned deepest_nesting = 16;  // of braces and brackets in one expression

// Every function gives an invalid id for what it does not understand; the tokens then stand where it ends.
class ExpressionParser {
 public:
  ExpressionParser(Tokens& tokens, Tree& tree) : tokens_(tokens), tree_(tree) {}

  // `ip saddr . tcp dport @set`, `tcp flags & (syn | ack) == syn`, `ct state vmap { … }`.
  NodeId relation();
  // `{ … }`; a map's elements as well.
  NodeId set();
  // `accept`, `jump NAME`; a rule and an element of a map end in it.
  NodeId verdict();
  // Whether a relation may begin here.
  [[nodiscard]] bool at_selector();
  // From the selector that was parsed last: `set` after it changes what it names.
  NodeId selector();

  // `counter packets 1 bytes 2` and the like, after the word itself.
  void skip_counts();
  bool skip_limit();

  void skip_line_ends();

 private:
  NodeId selectors();
  NodeId after_selector(NodeId left);
  NodeId ct_selector(const Token& base);
  NodeId right_side(Selector left);
  NodeId listed(bool flags, bool commas);
  NodeId concatenation(bool flags);
  NodeId item(bool flags);
  NodeId atom();
  NodeId element();
  bool element_options(Node& element);
  Operator relational();
  NodeId add(NodeKind kind, const Token& at, std::string_view text = {});
  NodeId wrap(NodeKind kind, NodeId first, NodeId second);

  Tokens& tokens_;
  Tree& tree_;
  unsigned depth_ = 0;
};

}  // namespace cordon::backends::nftables::reading

#endif  // BACKENDS_NFTABLES_READ_EXPRESSION_H
