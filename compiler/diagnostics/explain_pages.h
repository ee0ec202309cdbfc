// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The pages as the build found them, sorted by code; the body is generated.
#ifndef COMPILER_DIAGNOSTICS_EXPLAIN_PAGES_H
#define COMPILER_DIAGNOSTICS_EXPLAIN_PAGES_H

#include <span>
#include <string_view>

namespace cordon::diagnostics {

struct ExplainPage {
  std::string_view code;
  std::string_view text;
};

[[nodiscard]] std::span<const ExplainPage> explain_pages();

}  // namespace cordon::diagnostics

#endif  // COMPILER_DIAGNOSTICS_EXPLAIN_PAGES_H
