// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/syntax/reading.h"

#include <optional>
#include <utility>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "compiler/yaml/load.h"

namespace cordon::syntax::testing {

std::string Reading::messages() const {
  std::string text;
  for (const diagnostics::Diagnostic& diagnostic : diagnostics.all()) {
    const diagnostics::Label& first = diagnostic.labels.front();
    const source::Position place = sources.start(first.range);
    text += fmt::format("{}:{} {}: {}", place.line, place.column, diagnostics::info(diagnostic.kind).slug,
                        diagnostic.message);
    if (!first.text.empty()) text += " ^ " + first.text;
    for (const std::string& note : diagnostic.notes) text += " | " + note;
    for (const std::string& help : diagnostic.helps) text += " | " + help;
    text += "\n";
  }
  return text;
}

std::unique_ptr<Reading> read(std::string_view text, FileRole role) {
  auto reading = std::make_unique<Reading>();
  const source::FileId file = reading->sources.add("policy.yaml", std::string(text));
  std::optional<yaml::Document> document = yaml::load(reading->sources, file, reading->diagnostics);
  REQUIRE(document.has_value());
  reading->file =
      parse(std::make_shared<const yaml::Document>(std::move(*document)), role, reading->diagnostics);
  reading->diagnostics.sort(reading->sources);
  return reading;
}

}  // namespace cordon::syntax::testing
