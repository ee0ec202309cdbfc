// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Every key and value carries the bytes it was written in.
#include <doctest/doctest.h>

#include "tests/unit/yaml/loaded.h"

using namespace cordon::yaml;

namespace {

// What the value of `v` is written as.
struct Row {
  const char* text;
  const char* written;
};

const Row rows[] = {
    {"v: plain text  # c\n", "plain text"},
    {"v: 'it''s'  \n", "'it''s'"},
    {"v: \"a \\\" b\" # c\n", "\"a \\\" b\""},
    {"v: \"\\\\\"\n", "\"\\\\\""},
    {"v: a\n  b\n\n  c # d\nw: 1\n", "a\n  b\n\n  c"},
    {"v: 'a\n\n  b'\nw: 1\n", "'a\n\n  b'"},
    {"v: |\n  a\n   b\n\n  c\n\n\n# d\nw: 1\n", "|\n  a\n   b\n\n  c"},
    {"v: >-  # c\n  a\n  # b\n\nw: 1\n", ">-  # c\n  a\n  # b"},
    {"v: |1\n   a\n  b\nw: 1\n", "|1\n   a\n  b"},
    {"v: |\nw: 1\n", "|"},
    {"v: [a, b ,\n  c, ]  # d\n", "[a, b ,\n  c, ]"},
    {"v: { a: 1 , b: [ ] }\n", "{ a: 1 , b: [ ] }"},
    {"v:\n  - a\n  - b: 1\n    c: 2\n\nw: 1\n", "- a\n  - b: 1\n    c: 2"},
    {"v:\n- a\n-\nw: 1\n", "- a\n-"},
    {"v:\n  a: 1\n  b:\n  # c\nw: 1\n", "a: 1\n  b:"},
    {"v: &x !!str a\n", "a"},
    {"v: !csv\n  # c\n  {file: a}\n", "{file: a}"},
    {"v: ~ # c\n", "~"},
    {"v: # c\nw: 1\n", ""},
    {"v: a\r\n  b\r\nw: 1\r\n", "a\r\n  b"},
    {"v: |\r\n  a\r\n\r\nw: 1\r\n", "|\r\n  a"},
    {"\xEF\xBB\xBFv: \u6c34 \u00e9\n", "\u6c34 \u00e9"},
    {"\u6c34: \u00e9\nv: \U0001F3E5 x\n", "\U0001F3E5 x"},
    {"? v\n: a\n", "a"},
    {"v: a", "a"},
    {"v: 'a'", "'a'"},
    {"v: [a]", "[a]"},
    {"v: |\n  a", "|\n  a"},
    {"v:", ""},
};

void check_nesting(const Loaded& loaded, const Node& node, Range around) {
  CAPTURE(loaded.written(node));
  CHECK(node.range().begin >= around.begin);
  CHECK(node.range().end <= around.end);
  CHECK(node.range().begin <= node.range().end);
  std::uint32_t last = node.range().begin;
  const auto next = [&](const Node& child) {
    CHECK(child.range().begin >= last);
    last = child.range().end;
    check_nesting(loaded, child, node.range());
  };
  if (node.is_sequence()) {
    for (const Node& item : node.items()) next(item);
  } else if (node.is_mapping()) {
    for (const Entry& entry : node.entries()) {
      next(entry.key);
      next(entry.value);
    }
  }
}

}  // namespace

TEST_CASE("a value's range is what was written for it") {
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Loaded loaded(row.text);
    CHECK(loaded.faults() == "");
    REQUIRE(loaded.document);
    const Node* value = loaded.root().find("v");
    REQUIRE(value != nullptr);
    CHECK(loaded.written(*value) == row.written);
    check_nesting(loaded, loaded.root(), {loaded.file, 0, 0xFFFFFFFF});
  }
}

TEST_CASE("keys have ranges too, with their quotes") {
  const Loaded loaded("a: 1\n'b c' : 2\n? \"d\"\n: {e: 3, \"f\":4}\n");
  REQUIRE(loaded.document);
  const auto entries = loaded.root().entries();
  CHECK(loaded.written(entries[0].key) == "a");
  CHECK(loaded.written(entries[1].key) == "'b c'");
  CHECK(loaded.written(entries[2].key) == "\"d\"");
  CHECK(loaded.written(entries[2].value.entries()[0].key) == "e");
  CHECK(loaded.written(entries[2].value.entries()[1].key) == "\"f\"");
}

TEST_CASE("what was left out stands behind its colon or dash") {
  const Loaded loaded("a:   # c\nb: {x: , y}\nc:\n-\n- 1\n");
  REQUIRE(loaded.document);
  CHECK(loaded.root().find("a")->range().begin == 2);
  const Node& b = *loaded.root().find("b");
  CHECK(b.find("x")->range().begin == 15);
  CHECK(b.find("y")->range().begin == 19);
  CHECK(loaded.root().find("c")->items()[0].range().begin == 25);
}

TEST_CASE("an alias stands where it is written, its children where they are") {
  const Loaded loaded("a: &x {k: v}\nb: *x\n");
  REQUIRE(loaded.document);
  const Node& b = *loaded.root().find("b");
  CHECK(b.is_alias());
  CHECK(loaded.written(b) == "*x");
  CHECK(loaded.written(*b.find("k")) == "v");
  CHECK_FALSE(loaded.root().find("a")->is_alias());
}

TEST_CASE("the root of a file starts at its first key and ends with its last value") {
  const Loaded loaded("# c\n---\na: 1\nb:\n  - 2\n\n# d\n");
  REQUIRE(loaded.document);
  CHECK(loaded.written(loaded.root()) == "a: 1\nb:\n  - 2");
}
