// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// One rule of an nft script: its statements, as far as they bear on what passes.
#ifndef BACKENDS_NFTABLES_READ_SENTENCE_H
#define BACKENDS_NFTABLES_READ_SENTENCE_H

#include "backends/nftables/read_expression.h"

namespace cordon::backends::nftables::reading {

// Takes tokens to the end of the rule, which stays: a line end, `;` or `}`. What it does not understand
// becomes a statement `unknown` that begins at the word where understanding ended.
class SentenceParser {
 public:
  SentenceParser(Tokens& tokens, Tree& tree) : tokens_(tokens), tree_(tree), expressions_(tokens, tree) {}

  Sentence parse();
  [[nodiscard]] bool at_end();
  // Takes everything to the end of the rule, over whole pairs of braces.
  void skip_rest();

 private:
  NodeId statement();
  NodeId about_packet();
  NodeId change(NodeId changed);
  NodeId act(const Token& word);
  NodeId reject(const Token& word);
  void skip_log();
  void skip_log_flags();
  void skip_value();
  NodeId skip_set_update(const Token& word);
  NodeId add(NodeKind kind, const Token& at, std::string_view text = {});
  NodeId unknown(Token at, std::string_view reason);

  Tokens& tokens_;
  Tree& tree_;
  ExpressionParser expressions_;
};

}  // namespace cordon::backends::nftables::reading

#endif  // BACKENDS_NFTABLES_READ_SENTENCE_H
