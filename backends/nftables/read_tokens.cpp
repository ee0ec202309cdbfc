// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/read_tokens.h"

#include <algorithm>

#include "compiler/packet/address.h"

namespace cordon::backends::nftables::reading {
namespace {

constexpr std::size_t most_expanded = 1U
                                      << 20U;  // tokens out of variables, against definitions that multiply
constexpr std::size_t longest_address = 64;
constexpr std::size_t mac_length = 17;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_name(char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '.'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

constexpr std::string_view two_signs[] = {"==", "!=", "<=", ">=", "<<", ">>", "&&"};

}  // namespace

const Token& Tokens::peek(std::size_t ahead) {
  fill(ahead + 1);
  return ahead_[ahead];
}

Token Tokens::take() {
  fill(1);
  const Token token = ahead_.front();
  if (token.kind != TokenKind::end) ahead_.pop_front();
  return token;
}

bool Tokens::take_if(std::string_view text) {
  if (!peek().is(text)) return false;
  take();
  return true;
}

void Tokens::stop() {
  place_ = text_.size();
  ahead_.clear();
}

// A variable that nothing defines stays as it is, and is no word of the language.
void Tokens::fill(std::size_t count) {
  while (ahead_.size() < count) {
    const Token token = scan();
    if (token.kind == TokenKind::sign && token.text.size() > 1 && token.text[0] == '$' && expand(token))
      continue;
    ahead_.push_back(token);
  }
}

bool Tokens::expand(const Token& variable) {
  const auto found = variables_.find(variable.text.substr(1));
  if (found == variables_.end()) return false;
  expanded_ += found->second.size();
  if (expanded_ > most_expanded) return false;
  for (Token token : found->second) {
    token.range = variable.range;
    ahead_.push_back(token);
  }
  return true;
}

Token Tokens::token(TokenKind kind, std::size_t begin, std::size_t end, std::string_view text) const {
  return {kind, text, {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}};
}

void Tokens::skip_blanks() {
  while (place_ < text_.size()) {
    const std::string_view rest = text_.substr(place_);
    if (is_blank(rest[0])) {
      ++place_;
    } else if (rest[0] == '#') {
      place_ += std::min(rest.find('\n'), rest.size());
    } else if (rest.starts_with("\\\n")) {
      place_ += 2;
    } else if (rest.starts_with("\\\r\n")) {
      place_ += 3;
    } else {
      return;
    }
  }
}

Token Tokens::scan() {
  skip_blanks();
  if (place_ >= text_.size()) return token(TokenKind::end, text_.size(), text_.size(), {});
  const char c = text_[place_];
  if (c == '\n') {
    ++place_;
    return token(TokenKind::line_end, place_ - 1, place_, "\n");
  }
  if (c == '"') return scan_text();
  if (is_letter(c) || is_digit(c) || c == '_' || c == ':') return scan_word();
  return scan_sign();
}

// The end of an IPv6 or hardware address that starts here, or this place.
std::size_t Tokens::address_end() const {
  std::size_t end = place_;
  std::size_t colons = 0;
  while (end < text_.size() && end - place_ < longest_address &&
         (is_hex(text_[end]) || text_[end] == ':' || text_[end] == '.')) {
    colons += text_[end] == ':' ? 1U : 0U;
    ++end;
  }
  if (colons < 2) return place_;
  if (colons == 5 && end - place_ == mac_length) return end;
  // `::1:` before a verdict: the last colon may not belong to the address.
  for (; end > place_; --end) {
    if (packet::parse_address(text_.substr(place_, end - place_))) return end;
    if (text_[end - 1] != ':') return place_;
  }
  return place_;
}

// Words that begin with a letter go on over `-` and `/`, as names of interfaces and ICMP types do; numbers
// and IPv4 addresses end there.
Token Tokens::scan_word() {
  const std::size_t begin = place_;
  std::size_t end = address_end();
  if (end == begin && text_[begin] == ':') return scan_sign();
  if (end == begin) {
    const bool name = !is_digit(text_[begin]);
    while (end < text_.size() &&
           (is_name(text_[end]) || (name && (text_[end] == '-' || text_[end] == '/')))) {
      ++end;
    }
    if (name && end < text_.size() && text_[end] == '*') ++end;
  }
  place_ = end;
  return token(TokenKind::word, begin, end, text_.substr(begin, end - begin));
}

Token Tokens::scan_text() {
  const std::size_t begin = place_;
  const std::size_t close = text_.find_first_of("\"\n", begin + 1);
  const bool closed = close != std::string_view::npos && text_[close] == '"';
  place_ = close == std::string_view::npos ? text_.size() : close + (closed ? 1U : 0U);
  const std::size_t inner = place_ - begin - 1 - (closed ? 1U : 0U);
  return token(closed ? TokenKind::text : TokenKind::broken, begin, place_, text_.substr(begin + 1, inner));
}

Token Tokens::scan_sign() {
  const std::size_t begin = place_;
  const std::string_view rest = text_.substr(begin);
  std::size_t length = 1;
  if (std::ranges::find(two_signs, rest.substr(0, 2)) != std::ranges::end(two_signs)) length = 2;
  if (rest[0] == '@' || rest[0] == '$') {
    while (length < rest.size() && (is_name(rest[length]) || rest[length] == '-')) ++length;
  }
  place_ += length;
  if (rest[0] == '@') return token(TokenKind::reference, begin, place_, rest.substr(1, length - 1));
  return token(TokenKind::sign, begin, place_, rest.substr(0, length));
}

}  // namespace cordon::backends::nftables::reading
