// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/diagnostics/json.h"

#include <utility>

namespace cordon::diagnostics {
namespace {

Json position(const source::Position& place) { return {{"line", place.line}, {"column", place.column}}; }

Json labelled_region(const Label& label, const source::Sources& sources) {
  Json json = region_json(label.range, sources);
  if (!label.text.empty()) json["message"] = label.text;
  return json;
}

}  // namespace

Json region_json(Range range, const source::Sources& sources) {
  return {{"path", sources.path(range.file)},
          {"start", position(sources.start(range))},
          {"end", position(sources.stop(range))}};
}

Json diagnostic_json(const Diagnostic& diagnostic, const source::Sources& sources) {
  const KindInfo& kind = info(diagnostic.kind);
  Json regions = Json::array();
  Json related = Json::array();
  for (const Label& label : diagnostic.labels) {
    if (!label.range.valid()) continue;
    Json& list = &label == &diagnostic.labels.front() ? regions : related;
    list.push_back(labelled_region(label, sources));
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

Json list_of(Json item) {
  Json list = Json::array();
  list.push_back(std::move(item));
  return list;
}

std::string to_text(const Json& document, int indent) {
  const std::string text = document.dump(indent, ' ', true, Json::error_handler_t::replace);
  std::string safe;
  safe.reserve(text.size() + 1);
  for (const char letter : text) {
    if (letter == '<') {
      safe += "\\u003c";  // occurs within strings only
    } else {
      safe += letter;
    }
  }
  return safe + "\n";
}

}  // namespace cordon::diagnostics
