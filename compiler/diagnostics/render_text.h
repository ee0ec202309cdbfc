// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Diagnostics as a person reads them: the place, the lines themselves, carets, the way out.
#ifndef COMPILER_DIAGNOSTICS_RENDER_TEXT_H
#define COMPILER_DIAGNOSTICS_RENDER_TEXT_H

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source.h"

namespace cordon::diagnostics {

struct TextOptions {
  bool color = false;
  std::size_t width = 120;         // columns; longer lines are shown in part
  std::size_t max_errors = 200;    // shown; the rest is counted. The same for warnings
  std::size_t max_lines = 12;      // of source, carets and places in one finding; further places are counted
  std::string_view overview = {};  // lines between the last finding and the closing one
};

// Every finding, then a closing line such as `2 errors, 1 warning`; nothing for no findings. Control,
// invisible and direction-changing characters of files and messages are shown as \u{…}.
[[nodiscard]] std::string render_text(std::span<const Diagnostic> diagnostics, const source::Sources& sources,
                                      const TextOptions& options = {});

}  // namespace cordon::diagnostics

#endif  // COMPILER_DIAGNOSTICS_RENDER_TEXT_H
