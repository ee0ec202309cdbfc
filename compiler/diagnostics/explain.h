// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The page that `cordon explain CODE` prints: explain/CODE.md, kept in the program itself.
#ifndef COMPILER_DIAGNOSTICS_EXPLAIN_H
#define COMPILER_DIAGNOSTICS_EXPLAIN_H

#include <string_view>

#include "compiler/diagnostics/diagnostics.h"

namespace cordon::diagnostics {

// Empty when the kind has no page.
[[nodiscard]] std::string_view explain_page(const KindInfo& kind);
[[nodiscard]] inline std::string_view explain_page(KindId kind) { return explain_page(info(kind)); }

}  // namespace cordon::diagnostics

#endif  // COMPILER_DIAGNOSTICS_EXPLAIN_H
