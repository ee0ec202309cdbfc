// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Diagnostics as a program reads them: one JSON document.
//
// `format` is `cordon.COMMAND`. Later minor versions only add; a reader ignores keys it does not know.
#ifndef COMPILER_DIAGNOSTICS_RENDER_JSON_H
#define COMPILER_DIAGNOSTICS_RENDER_JSON_H

#include <span>
#include <string>
#include <string_view>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source.h"

namespace cordon::diagnostics {

[[nodiscard]] std::string render_json(std::span<const Diagnostic> diagnostics, const source::Sources& sources,
                                      std::string_view command, std::string_view version);

}  // namespace cordon::diagnostics

#endif  // COMPILER_DIAGNOSTICS_RENDER_JSON_H
