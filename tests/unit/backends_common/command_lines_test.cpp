// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/common/command_lines.h"

#include <string>

#include <doctest/doctest.h>

using namespace cordon;
using backends::CommandLine;
using backends::CommandLines;

TEST_CASE("Lines are cut into words with their places; empty ones are passed over") {
  source::Sources sources;
  const auto file = sources.add("a.cfg", "\n  permit\ttcp  any \r\n\n!\n last");
  CommandLines lines(sources, file);

  REQUIRE(lines.current() != nullptr);
  const CommandLine first = *lines.current();
  CHECK(first.indent == 2);
  CHECK(first.words.size() == 3);
  CHECK(first.word(1) == "tcp");
  CHECK(first.word(3).empty());
  CHECK(first.rest(1) == "tcp  any");
  CHECK(sources.text(first.range) == "permit\ttcp  any");
  CHECK(sources.text(first.range_of(2)) == "any");
  CHECK(sources.start(first.range).line == 2);

  lines.advance();
  CHECK(lines.current()->word(0) == "!");
  lines.advance();
  CHECK(lines.current()->word(0) == "last");
  lines.advance();
  CHECK(lines.current() == nullptr);
}

TEST_CASE("An empty text has no lines") {
  source::Sources sources;
  CHECK(CommandLines(sources, sources.add("a.cfg", "")).current() == nullptr);
  CHECK(CommandLines(sources, sources.add("b.cfg", "\r\n  \n")).current() == nullptr);
}
