// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What the tree says: the same as the YAML 1.2 specification wants of these texts.
#include <doctest/doctest.h>

#include "tests/unit/yaml/loaded.h"

using namespace cordon::yaml;

namespace {

struct Row {
  const char* text;
  const char* meaning;
};

const Row rows[] = {
    {"a: 1", "{a: 1}"},
    {"a: b c # d\n", "{a: b c}"},
    {"a: b#c\n", "{a: b#c}"},
    {"a: 'it''s'\n", "{a: \"it's\"}"},
    {"a: \"x\\ty\\n\\u00e9\"\n", "{a: \"x\ty\n\u00e9\"}"},
    {"a:\n  b\n  c\n\n  d\n", "{a: b c\nd}"},
    {"a: \"b\\\n  c\n\n  d\"\n", "{a: \"bc\nd\"}"},
    {"a: |\n  x\n   y\n\n  z\nb: 1\n", "{a: \"x\n y\n\nz\n\", b: 1}"},
    {"a: >-\n  x\n  y\n\n  z\n", "{a: \"x y\nz\"}"},
    {"a: |2\n    x\n   y\n", "{a: \"  x\n y\n\"}"},
    {"a:\n- 1\n- 2\nb: 3\n", "{a: [1, 2], b: 3}"},
    {"a:\n  - 1\n  -   2\n", "{a: [1, 2]}"},
    {"- - a\n  - b\n- k: v\n  l:\n  - m\n", "[[a, b], {k: v, l: [m]}]"},
    {"a: [b, 'c', {d: e}, [f],]\n", "{a: [b, \"c\", {d: e}, [f]]}"},
    {"a: {b: 1, \"c\":2, d: , e}\n", "{a: {b: 1, \"c\": 2, d: ~, e: ~}}"},
    {"a: [b: c, ? d : e, ? f]\n", "{a: [{b: c}, {d: e}, {f: ~}]}"},
    {"a: []\nb: {}\nc: [ ]\nd: { }\n", "{a: [], b: {}, c: [], d: {}}"},
    {"a: {\n  b: 1, # one\n  c: 2\n  }\n", "{a: {b: 1, c: 2}}"},
    {"? a\n: b\n? c\n", "{a: b, c: ~}"},
    {"a:\nb: ~\nc: null\nd:\n- \n- Null\n-\n", "{a: ~, b: ~, c: ~, d: [~, ~, ~]}"},
    {"a: nullable\nb: '~'\nc: \"\"\n", "{a: nullable, b: \"~\", c: \"\"}"},
    {"a: yes\nb: 0x10\nc: 1e3\nd: 2026-01-01\n", "{a: yes, b: 0x10, c: 1e3, d: 2026-01-01}"},
    {"a: fd00:152::/64\nb: 10.0.0.0/8\nc: http://x/y\n", "{a: fd00:152::/64, b: 10.0.0.0/8, c: http://x/y}"},
    {"%YAML 1.2\n---\na: 1\n...\n# end\n", "{a: 1}"},
    {"--- # start\na: 1\n", "{a: 1}"},
    {"# c\n\n  \na: 1\n\n# c\n", "{a: 1}"},
    {"a:\r\n  - b\r\n  - c\r\nd: e\r\n  f\r\n", "{a: [b, c], d: e f}"},
    {"\xEF\xBB\xBF"
     "a: |\n  b\nc: d\n",
     "{a: \"b\n\", c: d}"},
    {"a:\tb\nc: d\t# e\n", "{a: b, c: d}"},
    {"a: &x {b: 1}\nc: *x\nd: &y v\ne: [*y, *x]\n", "{a: {b: 1}, c: {b: 1}, d: v, e: [v, {b: 1}]}"},
    {"a: &x\nb: *x\nc: &y ~\nd: *y\n", "{a: ~, b: ~, c: ~, d: ~}"},
    {"&x a: b\nc: *x\n", "{a: b, c: a}"},
    {"a: !!str 12\nb: !!str null\nc: !!int 3\nd: !!null null\n", "{a: \"12\", b: \"null\", c: 3, d: ~}"},
    {"a: !csv {file: h.csv}\nb: !!map\n  c: d\ne: !!seq\n- f\n", "{a: {file: h.csv}, b: {c: d}, e: [f]}"},
    {"\u00e9: \u6c34\n\"\\u00e8\": x\n", "{\u00e9: \u6c34, \"\u00e8\": x}"},
    {"just text\n", "just text"},
    {"[1, 2]", "[1, 2]"},
};

}  // namespace

TEST_CASE("texts and what they say") {
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Loaded loaded(row.text);
    CHECK(loaded.faults() == "");
    REQUIRE(loaded.document);
    CHECK(meaning(loaded.root()) == row.meaning);
  }
}

TEST_CASE("text that reads as written is not copied") {
  const Loaded loaded("a: plain\nb: 'quoted'\nc: 'it''s'\n");
  const std::string& text = loaded.sources.text(loaded.file);
  const auto inside = [&](std::string_view view) {
    return view.data() >= text.data() && view.data() < text.data() + text.size();
  };
  CHECK(inside(loaded.root().find("a")->text()));
  CHECK(inside(loaded.root().find("b")->text()));
  CHECK_FALSE(inside(loaded.root().find("c")->text()));
}

TEST_CASE("the tree survives moving the document and adding sources") {
  Loaded loaded("a: [\"x\\ty\", z]\n");
  const Document moved = std::move(*loaded.document);
  for (int i = 0; i < 100; ++i) loaded.sources.add("more.yaml", "x");
  CHECK(meaning(moved.root()) == "{a: [\"x\ty\", z]}");
}

TEST_CASE("a value is found by its key") {
  const Loaded loaded("a: 1\nb: 2\n");
  CHECK(loaded.root().find("b")->text() == "2");
  CHECK(loaded.root().find("c") == nullptr);
}

TEST_CASE("nodes stay small") { CHECK(sizeof(Node) == 32); }
