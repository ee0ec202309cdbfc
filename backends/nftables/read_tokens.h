// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Words and signs of an nft script. Comments and continued line ends are gone, variables are replaced by what
// they stand for. `10.0.0.1-10.0.0.9` is three tokens, `echo-request` and `2001:db8::1` are one.
#ifndef BACKENDS_NFTABLES_READ_TOKENS_H
#define BACKENDS_NFTABLES_READ_TOKENS_H

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/source/source.h"

namespace cordon::backends::nftables::reading {

enum class TokenKind : std::uint8_t { word, text, sign, reference, line_end, end, broken };

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;  // of `text` without quotes, of `reference` without `@`
  source::Range range;
  [[nodiscard]] bool is(std::string_view other) const {
    return (kind == TokenKind::word || kind == TokenKind::sign) && text == other;
  }
  [[nodiscard]] bool names() const { return kind == TokenKind::word || kind == TokenKind::text; }
};

class Tokens {
 public:
  Tokens(const source::Sources& sources, source::FileId file) : text_(sources.text(file)), file_(file) {}

  [[nodiscard]] const Token& peek(std::size_t ahead = 0);
  Token take();
  [[nodiscard]] bool at_end() { return peek().kind == TokenKind::end; }
  // Takes the token when it is this sign or bare word.
  bool take_if(std::string_view text);
  // What `$name` stands for from now on.
  void define(std::string_view name, std::vector<Token> value) { variables_[name] = std::move(value); }
  // Everything ends here: a limit was reached.
  void stop();

 private:
  Token scan();
  Token scan_word();
  Token scan_text();
  Token scan_sign();
  [[nodiscard]] Token token(TokenKind kind, std::size_t begin, std::size_t end, std::string_view text) const;
  [[nodiscard]] std::size_t address_end() const;
  void skip_blanks();
  void fill(std::size_t count);
  bool expand(const Token& variable);

  std::string_view text_;
  source::FileId file_;
  std::size_t place_ = 0;
  std::size_t expanded_ = 0;  // tokens that came out of variables
  std::deque<Token> ahead_;
  std::unordered_map<std::string_view, std::vector<Token>> variables_;
};

}  // namespace cordon::backends::nftables::reading

#endif  // BACKENDS_NFTABLES_READ_TOKENS_H
