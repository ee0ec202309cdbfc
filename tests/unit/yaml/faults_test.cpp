// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What is refused, with code and place. Whole texts of the messages are golden cases.
#include <doctest/doctest.h>

#include "tests/unit/yaml/loaded.h"

using namespace cordon::yaml;

namespace {

struct Row {
  const char* text;
  const char* faults;
};

const Row refused[] = {
    {"a: b: c\n", "CD1001@1:5"},
    {"a: - b\n", "CD1001@1:4"},
    {"a:\n   b: 1\n  c: 2\n", "CD1001@3:3"},
    {"a: 1\n- b\n", "CD1001@2:1"},
    {"- a\nb: c\n", "CD1001@2:1"},
    {"  a: 1\nb: 2\n", "CD1001@2:1"},
    {"a: [b, c\nd: e\n", "CD1001@2:2"},
    {"a: [b\n", "CD1001@1:5"},
    {"[a, b\n", "CD1001@1:1"},
    {"a: {b: 1}}\n", "CD1001@1:10"},
    {"a: [b,,c]\n", "CD1001@1:7"},
    {"a: [ , b]\n", "CD1001@1:5"},
    {"a: {\"x\" \"y\"}\n", "CD1001@1:9"},
    {"a: \"x\" y\n", "CD1001@1:8"},
    {"a: [x] y\n", "CD1001@1:8"},
    {"a: @x\n", "CD1001@1:4"},
    {"a: %x\n", "CD1001@1:4"},
    {"a: \"\\q\"\n", "CD1001@1:7"},
    {"a: *x\n", "CD1001@1:4"},
    {"a: |4x\n  y\n", "CD1001@1:6"},
    {"%TAG !e! tag:x\n---\na: 1\n", "CD1001@1:1"},
    {"--- |\ntext\n", "CD1001@1:5"},
    // The parser takes the end of the file for the closing quote.
    {"a: \"b\n", "CD1001@1:4"},
    {"a: 'b\nc: d\n", "CD1001@1:4"},
    {"a: [b, 'c\n", "CD1001@1:8"},
    {"a: 1\n---\nb: 2\n", "CD1009@2:1"},
    {"a: 1\n...\n---\nb: 2\n", "CD1009@3:1"},
    {"a: 1\n---\n", "CD1009@2:1"},
    {"[a]: 1\n", "CD1014@1:1"},
    {"{a: 1}: 1\n", "CD1014@1:1"},
    {"? - a\n: 1\n", "CD1014@1:3"},
    {"a: [{b: c}: d]\n", "CD1014@1:5"},
    {"null: 1\n", "CD1014@1:1"},
    {"a: {, b: 1}\n", "CD1014@1:5"},
    {"a: &x [*x]\n", "CD1016@1:8"},
    {"", "CD1015@1:1"},
    {"# only a comment\n", "CD1015@1:1"},
    {"---\n", "CD1015@1:1"},
    {"\xEF\xBB\xBF", "CD1015@1:1"},
    {"a: \xFF\n", "CD1010@1:4"},
    {"a: \xC3\n", "CD1010@1:4"},
    {"a: \xED\xA0\x80\n", "CD1010@1:4"},
    {"a: b\rc: d\n", "CD1011@1:5"},
    {"a: \x01\n\x1b: 2\x7f\n", "CD1011@1:4 CD1011@2:1 CD1011@2:5"},
    {"a: \xC2\x85\n", "CD1011@1:4"},
    {"a: x\u202ey\nb: \u200b\n# \u2066\n", "CD1012@1:5 CD1012@2:4 CD1012@3:3"},
    {"a: \uFEFF\n", "CD1012@1:4"},
    {"a:\n\tb: 1\n  \tc: 2\n\t\n \t# d\n", "CD1004@2:1 CD1004@3:3 CD1004@5:2"},
};

// These leave the rest readable.
const Row readable[] = {
    {"a: 1\nb: 2\na: 3\n", "CD1002@3:1"},
    {"a: 1\n\"a\": 2\n'a': 3\n", "CD1002@2:1 CD1002@3:1"},
    {"x: {b: 1, b: 2}\ny:\n  - {c: 1, c: 2}\n", "CD1002@1:11 CD1002@3:12"},
    {"a: !foo b\n", "CD1003@1:4"},
    {"a: !<tag:yaml.org,2002:str> b\n", "CD1003@1:4"},
    {"a: ! b\n", "CD1003@1:4"},
    {"a: !!binary b\n", "CD1003@1:4"},
    {"a: !!int [b]\n", "CD1017@1:4"},
    {"a: !csv b\n", "CD1017@1:4"},
    {"a: !!seq {}\n", "CD1017@1:4"},
    {"a: &x {b: 1}\nc:\n  <<: *x\n  d: 2\n", "CD1013@3:3"},
    {"a: \"\\x07\"\n", "CD1011@1:4"},
    {"a: \"\\u202e\"\n", "CD1012@1:4"},
    {"a: \"\\0\"\n", "CD1011@1:4"},
};

}  // namespace

TEST_CASE("refused files: one message, at the place") {
  for (const Row& row : refused) {
    CAPTURE(row.text);
    const Loaded loaded(row.text);
    CHECK(loaded.faults() == row.faults);
    CHECK_FALSE(loaded.document);
  }
}

TEST_CASE("faults that leave the rest readable") {
  for (const Row& row : readable) {
    CAPTURE(row.text);
    const Loaded loaded(row.text);
    CHECK(loaded.faults() == row.faults);
    CHECK(loaded.document);
  }
}

TEST_CASE("a NUL is a control character") {
  const Loaded loaded(std::string("a: b\0c\n", 7));
  CHECK(loaded.faults() == "CD1011@1:5");
}

TEST_CASE("of a key that occurs twice the first value stays, and both places are named") {
  const Loaded loaded("a: 1\nb: 2\na: 3\n");
  REQUIRE(loaded.document);
  CHECK(meaning(loaded.root()) == "{a: 1, b: 2}");
  const auto& labels = loaded.diags.all().front().labels;
  REQUIRE(labels.size() == 2);
  CHECK(loaded.sources.start(labels[0].range).line == 3);
  CHECK(loaded.sources.start(labels[1].range).line == 1);
}

TEST_CASE("a key written three times is reported twice, each time with the first") {
  const Loaded loaded("k: 1\nk: 2\nk: 3\n");
  REQUIRE(loaded.diags.all().size() == 2);
  for (const auto& diagnostic : loaded.diags.all()) CHECK(diagnostic.labels[1].range.begin == 0);
}

TEST_CASE("a mapping of many keys is searched as exactly as a small one") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += fmt::format("key-{}: {}\n", i, i);
  text += "key-7: again\nlast: 1\n";
  const Loaded loaded(text);
  CHECK(loaded.faults() == "CD1002@1001:1");
  CHECK(loaded.root().entries().size() == 1001);
}

TEST_CASE("a merge key is left out of the tree") {
  const Loaded loaded("a: &x {b: 1}\nc: {<<: *x, d: 2}\n");
  REQUIRE(loaded.document);
  CHECK(meaning(*loaded.root().find("c")) == "{d: 2}");
  CHECK(Loaded("'<<': 1\n").faults() == "");
}
