// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What the schema cannot say (the tag `!csv`, days that exist, direction marks in texts) the parser
// still checks. The schema refuses nothing that the parser takes.

#include "compiler/syntax/schema.h"

#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/base/check.h"
#include "compiler/syntax/language.h"
#include "compiler/yaml/load.h"

namespace cordon::syntax {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const yaml::Node& node) {
  switch (node.kind()) {
    case yaml::Kind::null:
      return nullptr;
    case yaml::Kind::sequence: {
      Json items = Json::array();
      for (const yaml::Node& item : node.items()) items.push_back(to_json(item));
      return items;
    }
    case yaml::Kind::mapping: {
      Json object = Json::object();
      for (const yaml::Entry& entry : node.entries())
        object[std::string(entry.key.text())] = to_json(entry.value);
      return object;
    }
    case yaml::Kind::scalar:
      break;
  }
  const std::string_view text = node.text();
  if (node.style() == yaml::Style::plain && (text == "true" || text == "false")) return text == "true";
  const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
  if (node.style() == yaml::Style::plain && digits) return std::stoll(std::string(text));
  return std::string(text);
}

// Examples stand in the table as YAML, since that is what people write.
Json example_of(const Key& key) {
  source::Sources sources;
  diagnostics::Diagnostics diagnostics;
  const source::FileId file = sources.add("example", std::string(key.example));
  const auto document = yaml::load(sources, file, diagnostics);
  CORDON_CHECK(document.has_value());
  return to_json(document->root());
}

Json reference_to(const Record& record) { return {{"$ref", fmt::format("#/definitions/{}", record.id)}}; }

Json words_schema(const Scalar& scalar) {
  Json choices = Json::array();
  for (const Word& word : scalar.words) choices.push_back({{"const", word.value}, {"description", word.doc}});
  return {{"anyOf", choices}};
}

Json pattern_schema(const Scalar& scalar) {
  // A plain `9.18` is a number to an editor and a text to Cordon.
  Json type = "string";
  if (scalar.accepts("9.18")) type = {"string", "number"};
  return {{"type", type}, {"pattern", fmt::format("^({})$", scalar.pattern)}};
}

Json scalar_schema(const Scalar& scalar) {
  switch (scalar.form) {
    case Form::pattern:
    case Form::name:
      return pattern_schema(scalar);
    case Form::word:
      return words_schema(scalar);
    case Form::text:
      return {{"type", {"string", "number", "boolean"}}, {"minLength", 1}, {"maxLength", longest_text + 1}};
    case Form::date:
      return {{"type", "string"}, {"format", "date"}, {"pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}};
    case Form::integer:
      return {{"type", "integer"}, {"minimum", scalar.least}, {"maximum", scalar.most}};
    case Form::flag:
      if (scalar.accepts == nullptr) return {{"type", "boolean"}};
      return {{"anyOf", {{{"type", "boolean"}}, pattern_schema(scalar)}}};
  }
  return {};
}

Json list_schema(const Type& type) {
  Json array = {{"type", "array"}, {"items", scalar_schema(*type.scalar)}, {"minItems", type.at_least}};
  if (type.at_most != SIZE_MAX) array["maxItems"] = type.at_most;
  if (type.at_least > 1) return array;
  return {{"anyOf", {scalar_schema(*type.scalar), array}}};
}

Json key_schema(const Key& key);

Json map_schema(const Type& type) {
  Json map = {{"type", "object"}};
  if (type.besides != nullptr)
    map["properties"] = {{std::string(type.besides->name), key_schema(*type.besides)}};
  map["propertyNames"] = {{"pattern", fmt::format("^({})$", type.name->pattern)}};
  map["additionalProperties"] = reference_to(*type.record);
  if (type.tagged == nullptr) return map;
  return {{"anyOf", {map, reference_to(*type.tagged)}}};
}

Json type_schema(const Type& type) {
  switch (type.shape) {
    case Shape::scalar:
      return scalar_schema(*type.scalar);
    case Shape::list:
      return list_schema(type);
    // In draft-07 what stands beside a reference is ignored, a description too.
    case Shape::record:
      return {{"allOf", Json::array({reference_to(*type.record)})}};
    case Shape::records:
      return {{"type", "array"}, {"items", reference_to(*type.record)}};
    case Shape::map:
      return map_schema(type);
    case Shape::dictionary:
      return {{"type", "object"},
              {"propertyNames", {{"pattern", fmt::format("^({})$", type.name->pattern)}}},
              {"additionalProperties", list_schema(type)}};
  }
  return {};
}

Json key_schema(const Key& key) {
  Json schema;
  schema["description"] =
      key.fallback.empty() ? std::string(key.doc) : fmt::format("{} Default: {}.", key.doc, key.fallback);
  schema["examples"] = Json::array({example_of(key)});
  schema.update(type_schema(key.type));
  return schema;
}

Json choice_schema(const Choice& choice) {
  Json schema = Json::object();
  if (choice.at_least > 0) {
    for (const std::string_view key : choice.keys) schema["anyOf"].push_back({{"required", {key}}});
  }
  if (choice.at_most == 1) {
    for (std::size_t i = 0; i < choice.keys.size(); ++i) {
      for (std::size_t j = i + 1; j < choice.keys.size(); ++j) {
        schema["allOf"].push_back({{"not", {{"required", {choice.keys[i], choice.keys[j]}}}}});
      }
    }
  }
  return schema;
}

Json record_schema(const Record& record) {
  Json properties = Json::object();
  Json required = Json::array();
  for (const Key& key : record.keys) {
    properties[std::string(key.name)] = key_schema(key);
    if (key.required) required.push_back(key.name);
  }
  Json schema = {{"description", record.doc}, {"type", "object"}, {"properties", properties}};
  schema["additionalProperties"] = false;
  if (!required.empty()) schema["required"] = required;
  for (const Choice& choice : record.choices) schema["allOf"].push_back(choice_schema(choice));
  if (record.shorthand.empty()) return schema;
  return {{"description", record.doc}, {"anyOf", {properties[std::string(record.shorthand)], schema}}};
}

}  // namespace

std::string json_schema() {
  Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                 {"title", "Cordon policy, version 1"},
                 {"description", "A file of a Cordon project, or a module of the policy library."},
                 {"if", {{"required", {"module"}}}},
                 {"then", reference_to(module_file())},
                 // `cordon: 1` is demanded of the first file of a project; an editor sees one file only.
                 {"else", reference_to(included_file())}};
  for (const Record* record : all_records()) {
    if (record != &project_file()) schema["definitions"][std::string(record->id)] = record_schema(*record);
  }
  schema["definitions"][std::string(included_file().id)] = record_schema(included_file());
  return schema.dump(2) + "\n";
}

}  // namespace cordon::syntax
