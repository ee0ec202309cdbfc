// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Lines of a ruleset, and the free text that ends up between its quotes.
//
// Labels come from names that the language has checked, but nothing here relies on it: `comment_text`
// of backends/common leaves no quote, backslash or line break standing.
#ifndef BACKENDS_NFTABLES_TEXT_H
#define BACKENDS_NFTABLES_TEXT_H

#include <string>
#include <string_view>
#include <vector>

#include "backends/common/writer.h"
#include "compiler/config/device.h"

namespace cordon::backends::nftables {

// One line, indented.
void line(Writer& writer, int depth, std::string_view text, config::OriginId origin = {});

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
