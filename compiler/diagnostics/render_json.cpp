// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/diagnostics/render_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace cordon::diagnostics {
namespace {

using Json = nlohmann::ordered_json;

Json position(const source::Position& place) { return {{"line", place.line}, {"column", place.column}}; }

// Lines and columns count from one; the end is one past the last character.
Json region(const Label& label, const source::Sources& sources) {
  Json json = {{"path", sources.path(label.range.file)},
               {"start", position(sources.start(label.range))},
               {"end", position(sources.stop(label.range))}};
  if (!label.text.empty()) json["message"] = label.text;
  return json;
}

Json finding(const Diagnostic& diagnostic, const source::Sources& sources) {
  const KindInfo& kind = info(diagnostic.kind);
  Json regions = Json::array();
  Json related = Json::array();
  for (const Label& label : diagnostic.labels) {
    if (!label.range.valid()) continue;
    Json& list = &label == &diagnostic.labels.front() ? regions : related;
    list.push_back(region(label, sources));
  }
  return {{"code", kind.code},
          {"slug", kind.slug},
          {"severity", to_string(diagnostic.severity)},
          {"message", diagnostic.message},
          {"regions", std::move(regions)},
          {"related", std::move(related)},
          {"notes", diagnostic.notes},
          {"helps", diagnostic.helps}};
}

}  // namespace

std::string render_json(std::span<const Diagnostic> diagnostics, const source::Sources& sources,
                        std::string_view command, std::string_view version) {
  Json findings = Json::array();
  std::size_t errors = 0, warnings = 0;
  for (const Diagnostic& diagnostic : diagnostics) {
    findings.push_back(finding(diagnostic, sources));
    errors += diagnostic.severity == Severity::error;
    warnings += diagnostic.severity == Severity::warning;
  }
  const Json document = {{"format", fmt::format("cordon.{}", command)},
                         {"format_version", "1.0"},
                         {"tool", {{"name", "cordon"}, {"version", version}}},
                         {"diagnostics", std::move(findings)},
                         {"summary", {{"errors", errors}, {"warnings", warnings}}}};
  // What is not UTF-8 is replaced: a message must come out whatever the file held.
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace cordon::diagnostics
