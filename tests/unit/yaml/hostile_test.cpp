// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Texts made to hurt: each is answered, quickly, by a tree or by a message.
#include <chrono>
#include <string>

#include <doctest/doctest.h>

#include "tests/unit/yaml/loaded.h"

using namespace cordon::yaml;

namespace {

std::string repeat(std::string_view part, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += part;
  return text;
}

// A quarter of a megabyte of one thing. Quadratic work would take minutes, and is what is looked for.
void survive(std::string_view part) {
  CAPTURE(part);
  const int count = static_cast<int>(250'000 / part.size());
  const auto start = std::chrono::steady_clock::now();
  for (const std::string& text :
       {repeat(part, count), "a: " + repeat(part, count), "a:\n  " + repeat(part, count),
        "a: [" + repeat(part, count), "a: |\n  " + repeat(part, count)}) {
    const Loaded loaded(text);
    CHECK((loaded.document.has_value() || loaded.diags.has_errors()));
  }
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(60));
}

}  // namespace

TEST_CASE("one thing repeated") {
  for (const std::string_view part : {"[",           "]",
                                      "{",           "}",
                                      "{a: ",        "[a, ",
                                      "- ",          "? ",
                                      ": ",          "a: ",
                                      "a: b\n",      ",",
                                      "'",           "\"",
                                      "\"\\",        "''",
                                      "'\n",         "!",
                                      "!a ",         "!!str ",
                                      "&",           "&a ",
                                      "&a b ",       "*",
                                      "*a ",         "#",
                                      "|",           "|\n",
                                      "|\n ",        ">",
                                      ">\n",         "%",
                                      "%YAML 1.2\n", "---\n",
                                      "--- ",        "...\n",
                                      "\n",          "\r\n",
                                      " ",           " \n",
                                      "\t",          "a",
                                      "a ",          "a\n",
                                      "a\n ",        "-\n",
                                      "?\n",         ":\n",
                                      "~",           "null: ",
                                      "[]: ",        "{}",
                                      "[],",         "\"a\": ",
                                      "\"a\",",      "\xEF\xBB\xBF",
                                      "\xC3\xA9",    "\xF0\x9F\x8F\xA5",
                                      "\\",          "@",
                                      "`",           "<<: ",
                                      "? - ",        "- ? ",
                                      "- - a\n",     "a:\n",
                                      "[a: b, ",     "? [\n"}) {
    survive(part);
  }
}

TEST_CASE("every short text over the characters that mean something") {
  const std::string_view characters = "a: -?[]{},'\"#&*!|>%\n~";
  const std::size_t base = characters.size();
  std::size_t read = 0;
  for (std::size_t length = 0; length <= 4; ++length) {
    std::size_t count = 1;
    for (std::size_t i = 0; i < length; ++i) count *= base;
    // Of the long ones a fixed part: every 7th.
    for (std::size_t code = 0; code < count; code += length == 4 ? 7 : 1) {
      std::string text;
      for (std::size_t i = 0, rest = code; i < length; ++i, rest /= base) text += characters[rest % base];
      const Loaded loaded(text);
      if (!loaded.document && !loaded.diags.has_errors()) {
        CAPTURE(text);
        FAIL("neither read nor refused");
      }
      if (loaded.document) read += describe(loaded.root()).size();
    }
  }
  CHECK(read > 0);
}
