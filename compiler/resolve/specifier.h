// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Sets of addresses and connections on one line, as the command line, tests, waivers and envelopes write
// them.
//
//   flow    := set '->' set [services]
//   set     := product { ',' product }                  union
//   product := factor { ('&' | '\') factor }            intersection, difference; from left to right
//   factor  := term | '(' set ')'
//   term    := [kind ':'] name | address | prefix | address '-' address | [kind ':'] '/' pattern '/'
//            | 'any' | 'internet' | 'unassigned' | 'type:' type | 'vlan:' number
//   services := service { ',' service }
//
// `&` and `\` bind closer than `,`: `a, b \ c` is `a, (b \ c)`. Without services, or with `any`, every
// service is meant. Blanks play no part between terms. Here only the form is read; whom a term means is for
// meaning.h.
#ifndef COMPILER_RESOLVE_SPECIFIER_H
#define COMPILER_RESOLVE_SPECIFIER_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/expected.h"

namespace cordon::resolve {

// Beyond these a text is refused. A value in a file is shorter anyway (syntax::longest_text).
inline constexpr std::size_t longest_expression = 4096;
inline constexpr std::size_t deepest_expression = 32;  // parentheses inside each other
inline constexpr std::size_t longest_pattern = 200;

// Bytes of the text, half-open.
struct Span {
  std::size_t begin = 0, end = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

struct Term {
  std::string_view kind;  // before the colon: `zone`; empty: nothing
  std::string_view text;  // behind it; of a pattern what stands between the slashes
  bool pattern = false;
  Span span;  // all of it
};

struct SetSyntax;
struct Factor {
  enum class Operation : std::uint8_t { intersect, subtract } operation = Operation::intersect;
  Term term;
  std::vector<SetSyntax> group;  // in parentheses, one; empty: it is the term
};
using Product = std::vector<Factor>;  // the operation of the first means nothing
struct SetSyntax {
  std::vector<Product> products;  // never empty, none of them empty
  Span span;

  // The terms, where it is nothing but a union of them.
  [[nodiscard]] std::vector<Term> plain() const;
};

struct FlowSyntax {
  SetSyntax from, to;
  std::vector<Term> services;  // none: every service
  Span services_span;
};

struct SyntaxFault {
  Span span;
  std::string message;  // `expected a name, …, found `&``
};

// Views of the text: it has to last as long.
[[nodiscard]] Expected<SetSyntax, SyntaxFault> parse_set(std::string_view text);
[[nodiscard]] Expected<FlowSyntax, SyntaxFault> parse_flow(std::string_view text);

}  // namespace cordon::resolve

#endif  // COMPILER_RESOLVE_SPECIFIER_H
