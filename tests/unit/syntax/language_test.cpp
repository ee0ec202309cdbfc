// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/language.h"

#include <algorithm>
#include <set>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "compiler/syntax/standards.h"
#include "compiler/yaml/load.h"
#include "tests/unit/syntax/reading.h"

using namespace cordon::syntax;

TEST_CASE("keys are different within a mapping, mappings within the language") {
  std::set<std::string_view> ids;
  for (const Record* record : all_records()) {
    CAPTURE(record->id);
    CHECK(ids.insert(record->id).second);
    CHECK_FALSE(record->doc.empty());
    std::set<std::string_view> names;
    for (const Key& key : record->keys) {
      CAPTURE(key.name);
      CHECK(names.insert(key.name).second);
      CHECK(key.doc.ends_with('.'));
      CHECK((key.store != nullptr));
    }
  }
}

TEST_CASE("choices and short forms name keys that exist") {
  for (const Record* record : all_records()) {
    std::set<std::string_view> names;
    for (const Key& key : record->keys) names.insert(key.name);
    for (const Choice& choice : record->choices) {
      for (const std::string_view key : choice.keys) CHECK(names.contains(key));
    }
    if (!record->shorthand.empty()) CHECK(names.contains(record->shorthand));
  }
}

namespace {

// A mapping with one key and what it cannot do without, in one line.
std::string body_with(const Record& record, const Key* wanted, const std::string& value) {
  std::set<std::string_view> present;
  std::string text;
  const auto add = [&](const Key& key, std::string_view example) {
    if (!present.insert(key.name).second) return;
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", key.name, example);
  };
  if (wanted != nullptr) add(*wanted, value);
  for (const Key& key : record.keys) {
    if (key.required) add(key, key.example);
  }
  for (const Choice& choice : record.choices) {
    const bool chosen =
        std::ranges::any_of(choice.keys, [&](std::string_view key) { return present.contains(key); });
    if (chosen || choice.at_least == 0) continue;
    for (const Key& key : record.keys) {
      if (key.name == choice.keys.front()) add(key, key.example);
    }
  }
  return "{" + text + "}";
}

std::string value_holding(const Type& type, const Record& record, const std::string& body) {
  if (type.tagged == &record) return "!csv " + body;
  if (type.shape == Shape::records) return "[" + body + "]";
  return type.shape == Shape::map ? "{a-name: " + body + "}" : body;
}

// A whole file around a mapping, wherever in the language it stands.
std::string file_around(const Record& record, const std::string& body) {
  if (&record == &project_file() || &record == &module_file()) return body;
  for (const Record* outer : all_records()) {
    for (const Key& key : outer->keys) {
      if (key.type.record != &record && key.type.tagged != &record) continue;
      return file_around(*outer, body_with(*outer, &key, value_holding(key.type, record, body)));
    }
  }
  return {};
}

}  // namespace

TEST_CASE("every example is read without a fault") {
  for (const Record* record : all_records()) {
    for (const Key& key : record->keys) {
      const std::string text = file_around(*record, body_with(*record, &key, std::string(key.example)));
      CAPTURE(text);
      const FileRole role = text.starts_with("{module") || text.find(" module: {") != std::string::npos
                                ? FileRole::module
                                : FileRole::included;
      CHECK(testing::read(text, role)->messages() == "");
    }
  }
}

TEST_CASE("top-level examples are read without a fault") {
  for (const Record* record : {&project_file(), &module_file()}) {
    const FileRole role = record == &module_file() ? FileRole::module : FileRole::project;
    std::string text;
    for (const Key& key : record->keys) text += fmt::format("{}: {}\n", key.name, key.example);
    CHECK(testing::read(text, role)->messages() == "");
  }
}

TEST_CASE("examples of the library's own language are read without a fault") {
  for (const StandardsRole role : {StandardsRole::catalogue, StandardsRole::control_map,
                                   StandardsRole::questionnaire, StandardsRole::mds2_form}) {
    std::string text;
    for (const Key& key : standards_file(role).keys) {
      CHECK(key.doc.ends_with('.'));
      text += fmt::format("{}: {}\n", key.name, key.example);
    }
    CAPTURE(text);
    cordon::source::Sources sources;
    cordon::diagnostics::Diagnostics diagnostics;
    auto document = cordon::yaml::load(sources, sources.add("library", text), diagnostics);
    REQUIRE(document);
    const StandardsFile file = parse_standards(
        std::make_shared<const cordon::yaml::Document>(std::move(*document)), role, diagnostics);
    CHECK(diagnostics.all().empty());
  }
}
