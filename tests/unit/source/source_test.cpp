// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/source/source.h"

#include <doctest/doctest.h>

using cordon::source::FileId;
using cordon::source::Position;
using cordon::source::Range;
using cordon::source::Sources;

TEST_CASE("a place is a line and a column, both from one") {
  Sources sources;
  const FileId file = sources.add("a.yaml", "one\ntwo\n\nfour");
  CHECK(sources.position(file, 0) == Position{1, 1});
  CHECK(sources.position(file, 2) == Position{1, 3});
  CHECK(sources.position(file, 3) == Position{1, 4});
  CHECK(sources.position(file, 4) == Position{2, 1});
  CHECK(sources.position(file, 8) == Position{3, 1});
  CHECK(sources.position(file, 9) == Position{4, 1});
  CHECK(sources.position(file, 13) == Position{4, 5});
  CHECK(sources.line_count(file) == 4);
}

TEST_CASE("a place past the end is the end") {
  Sources sources;
  const FileId file = sources.add("a.yaml", "one");
  CHECK(sources.position(file, 99) == Position{1, 4});
}

TEST_CASE("columns count characters, not bytes") {
  Sources sources;
  const FileId file = sources.add("a.yaml", "\u00e4\u6c34x: 1\n");
  CHECK(sources.position(file, 0) == Position{1, 1});
  CHECK(sources.position(file, 2) == Position{1, 2});
  CHECK(sources.position(file, 5) == Position{1, 3});
}

TEST_CASE("lines come without their breaks, whichever they are") {
  Sources sources;
  const FileId file = sources.add("a.yaml", "one\r\ntwo\nthree");
  CHECK(sources.line(file, 1) == "one");
  CHECK(sources.line(file, 2) == "two");
  CHECK(sources.line(file, 3) == "three");
  CHECK(sources.line(file, 4) == "");
  CHECK(sources.line(file, 0) == "");
}

TEST_CASE("a byte order mark takes no column") {
  Sources sources;
  const FileId file = sources.add("a.yaml",
                                  "\xEF\xBB\xBF"
                                  "a: 1\nb: 2\n");
  CHECK(sources.position(file, 0) == Position{1, 1});
  CHECK(sources.position(file, 3) == Position{1, 1});
  CHECK(sources.position(file, 6) == Position{1, 4});
  CHECK(sources.line(file, 1) == "a: 1");
  CHECK(sources.position(file, 8) == Position{2, 1});
}

TEST_CASE("an empty file has one empty line") {
  Sources sources;
  const FileId file = sources.add("a.yaml", "");
  CHECK(sources.position(file, 0) == Position{1, 1});
  CHECK(sources.line_count(file) == 1);
  CHECK(sources.line(file, 1) == "");
}

TEST_CASE("a range gives its text, and references survive further files") {
  Sources sources;
  const FileId file = sources.add("a.yaml", "zones: {}");
  const std::string& text = sources.text(file);
  for (int i = 0; i < 1000; ++i) sources.add("more.yaml", "x");
  CHECK(&text == &sources.text(file));
  CHECK(sources.text(Range{file, 0, 5}) == "zones");
  CHECK(sources.start(Range{file, 7, 9}) == Position{1, 8});
  CHECK(sources.stop(Range{file, 7, 9}) == Position{1, 10});
}
