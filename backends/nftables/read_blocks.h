// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The blocks of a script: `{ … }` after `table`, `chain`, `set` and their kind.
#ifndef BACKENDS_NFTABLES_READ_BLOCKS_H
#define BACKENDS_NFTABLES_READ_BLOCKS_H

#include "backends/nftables/read_ruleset.h"
#include "backends/nftables/read_sentence.h"

namespace cordon::backends::nftables::reading {

class BlockParser {
 public:
  BlockParser(Tokens& tokens, Ruleset& ruleset)
      : tokens_(tokens),
        ruleset_(ruleset),
        expressions_(tokens, ruleset.tree),
        sentences_(tokens, ruleset.tree) {}

  // Each begins at its `{` and takes everything to the `}`.
  void table(Table& table);
  void chain(Chain& chain);
  void set(Set& set);
  void elements(Set& set);
  // Takes a block or a statement that has no bearing on what passes.
  void skip_object();
  // `define`, `include` and their kind, which stand anywhere; false for other words.
  bool preprocess();

  SentenceParser& sentences() { return sentences_; }
  void unknown(Token at, std::string_view reason);

 private:
  template <class Line>
  void block(Line line);
  void table_line(Table& table);
  void chain_line(Chain& chain);
  void base_line(Chain& chain);
  void policy_line(Chain& chain);
  int priority();
  void set_line(Set& set);
  void define();
  void end_of_statement();

  Tokens& tokens_;
  Ruleset& ruleset_;
  ExpressionParser expressions_;
  SentenceParser sentences_;
};

}  // namespace cordon::backends::nftables::reading

#endif  // BACKENDS_NFTABLES_READ_BLOCKS_H
