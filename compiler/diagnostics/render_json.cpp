// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/diagnostics/render_json.h"

#include <utility>

#include <fmt/format.h>

#include "compiler/diagnostics/json.h"

namespace cordon::diagnostics {

std::string render_json(std::span<const Diagnostic> diagnostics, const source::Sources& sources,
                        std::string_view command, std::string_view version) {
  Json list = Json::array();
  std::size_t errors = 0, warnings = 0;
  for (const Diagnostic& diagnostic : diagnostics) {
    list.push_back(diagnostic_json(diagnostic, sources));
    errors += diagnostic.severity == Severity::error;
    warnings += diagnostic.severity == Severity::warning;
  }
  return to_text({{"format", fmt::format("cordon.{}", command)},
                  {"format_version", "1.0"},
                  {"tool", {{"name", "cordon"}, {"version", version}}},
                  {"diagnostics", std::move(list)},
                  {"summary", {{"errors", errors}, {"warnings", warnings}}}});
}

}  // namespace cordon::diagnostics
