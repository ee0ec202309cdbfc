// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Large and hostile files: no crash, and as many messages as there are faults.

#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/unit/syntax/reading.h"

using cordon::syntax::testing::read;

TEST_CASE("many hosts") {
  std::string text = "hosts:\n";
  for (int i = 0; i < 20'000; ++i)
    text += fmt::format("  h-{}: {{network: a, ipv4: 10.0.{}.{}}}\n", i, i / 250, i % 250);
  const auto reading = read(text);
  CHECK_FALSE(reading->diagnostics.has_errors());
  CHECK(reading->file.hosts.size() == 20'000);
  CHECK(reading->file.hosts.back().name.value == "h-19999");
}

TEST_CASE("as many messages as faults") {
  std::string text = "hosts:\n";
  for (int i = 0; i < 2'000; ++i)
    text += fmt::format("  h-{}: {{network: a, ipv4: 10.0.0.1, colour: red}}\n", i);
  CHECK(read(text)->diagnostics.error_count() == 2'000);
}

TEST_CASE("any shape in any place") {
  const char* const shapes[] = {
      "",     "~",       "[]",        "{}",           "[[]]",    "[{}]",      "{a: {}}", "{a: [b]}", "text",
      "1",    "true",    "'1'",       "[a, [b]]",     "{a: }",   "*x",        "[*x]",    "{a: *x}",  "!csv a",
      "!csv", "!csv []", "[!csv {}]", "{a: !csv {}}", "\"\\0\"", "{? a : b}", "{1: 2}"};
  const char* const keys[] = {"cordon", "site",    "include",      "use",      "networks", "zones",
                              "hosts",  "groups",  "services",     "conduits", "devices",  "assertions",
                              "tests",  "waivers", "attestations", "module"};
  for (const char* key : keys) {
    for (const char* shape : shapes) {
      const std::string text = fmt::format("x: &x [1]\n{}: {}\n", key, shape);
      CAPTURE(text);
      CHECK(read(text)->diagnostics.has_errors());  // `x` is no key
    }
  }
}
