// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Loads a text and writes down everything that a caller can see of it.
#ifndef TESTS_UNIT_YAML_LOADED_H
#define TESTS_UNIT_YAML_LOADED_H

#include <optional>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/yaml/load.h"

namespace cordon::yaml {

struct Loaded {
  source::Sources sources;
  source::FileId file;
  diagnostics::Diagnostics diags;
  std::optional<Document> document;

  explicit Loaded(std::string text, const LoadOptions& options = {}) {
    file = sources.add("a.yaml", std::move(text));
    document = load(sources, file, diags, options);
  }

  [[nodiscard]] const Node& root() const { return document->root(); }
  [[nodiscard]] std::string_view written(const Node& node) const { return sources.text(node.range()); }

  // Codes and places, such as `CD1002@3:1`, one after another.
  [[nodiscard]] std::string faults() const {
    std::string text;
    for (const auto& diagnostic : diags.all()) {
      const source::Position place = sources.start(diagnostic.labels.front().range);
      text += fmt::format("{}{}@{}:{}", text.empty() ? "" : " ", diagnostics::info(diagnostic.kind).code,
                          place.line, place.column);
    }
    return text;
  }
};

inline std::string describe(const Node& node) {
  std::string text = fmt::format("[{},{})", node.range().begin, node.range().end);
  text += fmt::format(" {}{}{} ", static_cast<int>(node.style()), static_cast<int>(node.tag()),
                      node.is_alias() ? "*" : "");
  if (node.is_null()) return text + "null";
  if (node.is_scalar()) return text + fmt::format("'{}'", node.text());
  if (node.is_sequence()) {
    text += "[\n";
    for (const Node& item : node.items()) text += describe(item) + "\n";
    return text + "]";
  }
  text += "{\n";
  for (const Entry& entry : node.entries())
    text += describe(entry.key) + " : " + describe(entry.value) + "\n";
  return text + "}";
}

// The tree and the messages, to compare two ways of reading.
inline std::string describe(const Loaded& loaded) {
  std::string text = loaded.document ? describe(loaded.root()) : "nothing";
  for (const auto& diagnostic : loaded.diags.all()) {
    text += fmt::format("\n{} {}", diagnostics::info(diagnostic.kind).code, diagnostic.message);
    for (const auto& label : diagnostic.labels) {
      text += fmt::format(" [{},{}) {}", label.range.begin, label.range.end, label.text);
    }
    for (const auto& note : diagnostic.notes) text += " " + note;
  }
  return text;
}

// What a tree says, without places: `{a: [x, ~], b: "y"}`.
inline std::string meaning(const Node& node) {
  if (node.is_null()) return "~";
  if (node.is_scalar()) {
    return node.style() == Style::plain ? std::string(node.text()) : fmt::format("\"{}\"", node.text());
  }
  std::string text;
  if (node.is_sequence()) {
    for (const Node& item : node.items()) text += (text.empty() ? "" : ", ") + meaning(item);
    return "[" + text + "]";
  }
  for (const Entry& entry : node.entries()) {
    text += (text.empty() ? "" : ", ") + meaning(entry.key) + ": " + meaning(entry.value);
  }
  return "{" + text + "}";
}

}  // namespace cordon::yaml

#endif  // TESTS_UNIT_YAML_LOADED_H
