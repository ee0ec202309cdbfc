// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The canonical form, a rule a case. What always holds of it is in tests/property/format_property.cpp.
#include "compiler/yaml/format.h"

#include <string>

#include <doctest/doctest.h>

#include "tests/unit/yaml/loaded.h"

using namespace cordon::yaml;

namespace {

std::string formatted(const std::string& text) {
  const Loaded loaded(text);
  REQUIRE(loaded.document);
  REQUIRE(loaded.faults() == "");
  const auto result = format(loaded.sources, loaded.file, *loaded.document);
  return result ? *result : "refused: " + result.error().message;
}

}  // namespace

TEST_CASE("a level is two columns, a list is a level of its own, content follows its dash") {
  CHECK(formatted("a:\n    b:\n    - c\n    -   d: 1\n        e: 2\n") ==
        "a:\n  b:\n    - c\n    - d: 1\n      e: 2\n");
  CHECK(formatted("a:\n  -\n    b: 1\n  -\n  - c\n") == "a:\n  - b: 1\n  -\n  - c\n");
  CHECK(formatted("a:\n  - - b\n    - c\n") == "a:\n  - - b\n    - c\n");
}

TEST_CASE("blanks stand behind colons and commas and not inside brackets") {
  CHECK(formatted("a :  { b: 1,c: [ 2 , 3 ], \"d\":4 }\n") == "a: {b: 1, c: [2, 3], \"d\": 4}\n");
  CHECK(formatted("a: &x 1\nb: {*x : 2}\n") == "a: &x 1\nb: {*x : 2}\n");
}

TEST_CASE("columns stay where lines agree on them") {
  const std::string table = "a:\n  b:    {c: 1,   d: 2}\n  longer: {c: 10, d: 3}\n";
  CHECK(formatted(table) == "a:\n  b: {c: 1, d: 2}\n  longer: {c: 10, d: 3}\n");
  const std::string aligned = "a:\n  b:      {c: 1,  d: 2}\n\n  # between\n  longer: {c: 10, d: 3}\n";
  CHECK(formatted(aligned) == aligned);
}

TEST_CASE("comments are two blanks behind, or in a column of several") {
  CHECK(formatted("a: 1 # x\nb: 22     # y\n") == "a: 1  # x\nb: 22  # y\n");
  CHECK(formatted("a:\n    b: 1    # x\n\n    c: 100  # y\n") == "a:\n  b: 1    # x\n\n  c: 100  # y\n");
}

TEST_CASE("a comment keeps to what it stands above or to its column") {
  CHECK(formatted("a:\n    # of b\n    b: 1\n# of c\nc:\n    d: 1\n    # still of d\ne: 1\n") ==
        "a:\n  # of b\n  b: 1\n# of c\nc:\n  d: 1\n  # still of d\ne: 1\n");
}

TEST_CASE("one empty line at most, none at either end, and the file ends its last line") {
  CHECK(formatted("\n\na: 1  \n\n\n\nb: 2\n\n\n") == "a: 1\n\nb: 2\n");
  CHECK(formatted("a: 1") == "a: 1\n");
  CHECK(formatted("\xEF\xBB\xBF"
                  "a: 1\r\nb:\r\n  - 2\r\n") == "a: 1\nb:\n  - 2\n");
}

TEST_CASE("what is broken over lines inside brackets stands behind the bracket or hangs from the line") {
  CHECK(formatted("a: {b: 1,\n  c: [2,\n 3]}\n") == "a: {b: 1,\n    c: [2,\n        3]}\n");
  CHECK(formatted("a:\n  b: [\n   1,\n   2\n   ]\n") == "a:\n  b: [\n    1,\n    2\n  ]\n");
}

TEST_CASE("texts of several lines move as a whole") {
  CHECK(formatted("a:\n    b: |\n          x\n            y\n\n          z\n    c: 1\n") ==
        "a:\n  b: |\n    x\n      y\n\n    z\n  c: 1\n");
  CHECK(formatted("a:\n    b: |1 # why\n      x\n    c: 1\n") == "a:\n  b: |1  # why\n    x\n  c: 1\n");
  CHECK(formatted("a: \"b\n       c \\\n       d\"\ne: f\n   g\n") == "a: \"b\n  c \\\n  d\"\ne: f\n  g\n");
}

TEST_CASE("what cannot be kept exactly is refused") {
  CHECK(formatted("? a\n: b\n") == "refused: a key stands behind a `?`");
  CHECK(formatted("a: |+\n  x\n\n\nb: 1\n") == "refused: a value would change");
}

TEST_CASE("a long line, many comments and a chain of columns are no trouble") {
  std::string line = "a: [", chain, comments;
  for (int i = 0; i < 20'000; ++i) line += "x,   ";
  for (int i = 0; i < 2'000; ++i) {
    chain += "k" + std::to_string(i) + ":" + std::string(1 + static_cast<std::size_t>(i % 7), ' ') +
             "{a: 1,  b: 2}\n";
    comments += "  # c\n";
  }
  CHECK(formatted(line + "x]\n").size() > 20'000);
  CHECK(formatted(chain + comments + "z: 1\n").size() > 20'000);
}
