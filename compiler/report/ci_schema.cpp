// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The contract of `cordon ci --output json=PATH`: what ci_json.cpp writes. The document of the checks in it
// is that of `cordon check`, whose schema it holds. Additive within version 1, like that one.

#include <nlohmann/json.hpp>

#include "compiler/report/ci.h"

namespace cordon::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view own = R"({
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "https://cordon.invalid/schema/cordon.ci-1.json",
  "title": "One run of cordon ci",
  "description": "Minor versions of the format only add keys; readers ignore those that they do not know.",
  "type": "object",
  "required": ["format", "format_version", "tool", "exit_code", "verdict", "fmt", "check", "test", "coverage_before",
               "against", "diff", "compile"],
  "properties": {
    "format": {"const": "cordon.ci"},
    "format_version": {"type": "string", "pattern": "^1\\.[0-9]+$"},
    "tool": {"$ref": "#/definitions/tool"},
    "exit_code": {"description": "The worst of all steps.", "enum": [0, 1, 3, 5]},
    "verdict": {"description": "For people.", "type": "string"},
    "fmt": {
      "type": "object",
      "required": ["files", "not_canonical"],
      "properties": {"files": {"$ref": "#/definitions/count"}, "not_canonical": {"$ref": "#/definitions/count"}}
    },
    "check": {"description": "As cordon check prints it, with the findings of all steps."},
    "test": {
      "description": "As cordon test prints it; null where the project has no tests or does not load.",
      "type": ["object", "null"],
      "required": ["format", "format_version", "tool", "tests", "summary"],
      "properties": {
        "format": {"const": "cordon.test"},
        "format_version": {"type": "string", "pattern": "^1\\.[0-9]+$"},
        "tool": {"$ref": "#/definitions/tool"},
        "tests": {"type": "array", "items": {"type": "object", "required": ["name", "place", "expects", "outcome"]}},
        "summary": {"type": "object", "required": ["passed", "failed", "vacuous", "left_out"]},
        "coverage": {"$ref": "#/definitions/coverage"}
      }
    },
    "coverage_before": {
      "description": "Of the revision that was compared with.",
      "anyOf": [{"$ref": "#/definitions/coverage"}, {"type": "null"}]
    },
    "against": {"description": "The revision that was asked for.", "type": ["string", "null"]},
    "diff": {
      "description": "As cordon diff prints it; null where nothing was compared.",
      "type": ["object", "null"],
      "required": ["format", "format_version", "tool", "before", "after", "verdict", "compared", "pairs", "devices",
                   "same_devices"],
      "properties": {
        "format": {"const": "cordon.diff"},
        "format_version": {"type": "string", "pattern": "^1\\.[0-9]+$"},
        "tool": {"$ref": "#/definitions/tool"},
        "before": {"type": "string"},
        "after": {"type": "string"},
        "verdict": {"enum": ["equal", "more permissive", "less permissive", "incomparable"]},
        "compared": {"$ref": "#/definitions/count"},
        "pairs": {"type": "array", "items": {"type": "object", "required": ["from", "to", "verdict", "opened", "closed"]}},
        "devices": {"type": "array", "items": {"type": "object", "required": ["file", "added", "removed"]}},
        "same_devices": {"$ref": "#/definitions/count"}
      }
    },
    "compile": {
      "type": "object",
      "required": ["devices", "rules", "proved", "output"],
      "properties": {
        "devices": {"$ref": "#/definitions/count"},
        "rules": {"$ref": "#/definitions/count"},
        "proved": {"description": "Every device and all of them together.", "type": "boolean"},
        "output": {"description": "The folder that was written.", "type": ["string", "null"]}
      }
    }
  },
  "definitions": {
    "tool": {
      "type": "object",
      "required": ["name", "version"],
      "properties": {"name": {"const": "cordon"}, "version": {"type": "string"}}
    },
    "coverage": {
      "type": "object",
      "required": ["flows", "pinned_flows", "pairs", "pinned_pairs"],
      "properties": {
        "flows": {"$ref": "#/definitions/count"},
        "pinned_flows": {"$ref": "#/definitions/count"},
        "pairs": {"$ref": "#/definitions/count"},
        "pinned_pairs": {"$ref": "#/definitions/count"}
      }
    }
  }
})";

}  // namespace

std::string ci_schema() {
  Json schema = Json::parse(own);
  Json check = Json::parse(check_schema());
  for (auto& [name, definition] : check["definitions"].items()) schema["definitions"][name] = definition;
  for (const char* own_key : {"$schema", "$id", "definitions"}) check.erase(own_key);
  schema["properties"]["check"].update(check);
  return schema.dump(2) + "\n";
}

}  // namespace cordon::report
