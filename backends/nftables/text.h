// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Lines with their origins, and the few kinds of free text that end up in a ruleset.
//
// Labels come from names that the language has checked, but nothing here relies on it: a byte that is
// not plainly harmless is replaced, so that no text can end its quotes or its line.
#ifndef BACKENDS_NFTABLES_TEXT_H
#define BACKENDS_NFTABLES_TEXT_H

#include <string>
#include <string_view>
#include <vector>

#include "compiler/backend/backend.h"

namespace cordon::backends::nftables {

class Writer {
 public:
  void line(int depth, std::string_view text, config::OriginId origin = {});
  void blank();

  [[nodiscard]] std::string& text() { return text_; }
  [[nodiscard]] std::vector<backend::LineOrigin>& origins() { return origins_; }

 private:
  std::string text_;
  std::uint32_t lines_ = 0;
  std::vector<backend::LineOrigin> origins_;
};

// At most `limit` bytes of letters, digits and ` ._,:/-`; longer text ends in `...`.
[[nodiscard]] std::string plain(std::string_view text, std::size_t limit);

// ` comment "…"`; the kernel takes 128 bytes.
[[nodiscard]] std::string comment(std::string_view text);

// `log prefix "…" level info`; the kernel takes 127 bytes.
[[nodiscard]] std::string log_statement(std::string_view prefix);

// `{ a, b, c }`, or the only one as it is.
[[nodiscard]] std::string braces(const std::vector<std::string>& elements);

// The chain that holds a filter. The word in front keeps it apart from the language's keywords.
[[nodiscard]] std::string chain_name(const config::Filter& filter);

}  // namespace cordon::backends::nftables

#endif  // BACKENDS_NFTABLES_TEXT_H
