// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/diagnostics/render_json.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "compiler/diagnostics/kinds/yaml.h"

using namespace cordon::diagnostics;
using cordon::source::FileId;
using cordon::source::Sources;

TEST_CASE("the whole document") {
  Sources sources;
  const FileId file = sources.add("zones/a.yaml", "a: 1\na: 2\n");
  Diagnostics diags;
  diags.build(kind::duplicate_key, {file, 5, 6}, "a")
      .here("again")
      .label({file, 0, 1}, "first here")
      .help("h")
      .emit();
  CHECK(render_json(diags.all(), sources, "check", "0.1.0") == R"({
  "format": "cordon.check",
  "format_version": "1.0",
  "tool": {
    "name": "cordon",
    "version": "0.1.0"
  },
  "diagnostics": [
    {
      "code": "CD1002",
      "slug": "duplicate-key",
      "severity": "error",
      "message": "key `a` occurs twice in one mapping",
      "regions": [
        {
          "path": "zones/a.yaml",
          "start": {
            "line": 2,
            "column": 1
          },
          "end": {
            "line": 2,
            "column": 2
          },
          "message": "again"
        }
      ],
      "related": [
        {
          "path": "zones/a.yaml",
          "start": {
            "line": 1,
            "column": 1
          },
          "end": {
            "line": 1,
            "column": 2
          },
          "message": "first here"
        }
      ],
      "notes": [],
      "helps": [
        "h"
      ]
    }
  ],
  "summary": {
    "errors": 1,
    "warnings": 0
  }
}
)");
}

TEST_CASE("no findings, and findings about no file") {
  const auto empty = nlohmann::json::parse(render_json({}, Sources(), "compile", "1"));
  CHECK(empty["format"] == "cordon.compile");
  CHECK(empty["diagnostics"].is_array());
  Diagnostics diags;
  diags.build(kind::empty_file, {}).emit();
  const auto one = nlohmann::json::parse(render_json(diags.all(), Sources(), "check", "1"));
  CHECK(one["diagnostics"][0]["regions"].empty());
}

TEST_CASE("bytes that are no text come out as a replacement character") {
  Sources sources;
  const FileId file = sources.add("a\xFF.yaml", "x");
  Diagnostics diags;
  diags.build(kind::yaml_syntax, {file, 0, 1}, "bad \xC3( \x01 \"quoted\"").emit();
  const auto json = nlohmann::json::parse(render_json(diags.all(), sources, "check", "1"));
  CHECK(json["diagnostics"][0]["message"] == "bad \xEF\xBF\xBD( \x01 \"quoted\"");
}
