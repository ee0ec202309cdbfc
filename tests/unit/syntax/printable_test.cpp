// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/syntax/printable.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

using namespace cordon::syntax;

TEST_CASE("letters of every script print") {
  for (const std::string_view text :
       {"Pumps, ward 3!", "Krankenhaus Königstraße", "病院", "مستشفى", "больница", "😀"}) {
    CAPTURE(text);
    CHECK_FALSE(find_unprintable(text).has_value());
  }
}

TEST_CASE("what does not print is named") {
  const struct {
    std::string_view text;
    std::string_view name;
  } rows[] = {
      {"a\nb", "a line break"},
      {"a\rb", "a line break"},
      {"a\tb", "a tabulator"},
      {"a\x1b[31m", "the character U+001B"},
      {"a\x7f", "the character U+007F"},
      {"a\xc2\x85", "the character U+0085"},
      {"a\xe2\x80\xae", "the character U+202E"},
      {"a\xe2\x81\xa6", "the character U+2066"},
      {"a\xe2\x80\x8b", "the character U+200B"},
      {"a\xef\xbb\xbf", "the character U+FEFF"},
      {"a\xe2\x80\xa8", "the character U+2028"},
      {"a\xf3\xa0\x81\x81", "the character U+E0041"},
      {"a\xc0\xaf", "bytes that are not UTF-8"},
      {"a\xed\xa0\x80", "bytes that are not UTF-8"},
      {"a\xe2\x80", "bytes that are not UTF-8"},
      {"a\xff", "bytes that are not UTF-8"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(find_unprintable(row.text) == std::string(row.name));
  }
}

TEST_CASE("characters are counted, not bytes") { CHECK(count_characters("Königstraße") == 11); }

TEST_CASE("a value in a message is short and prints") {
  CHECK(for_message("plain") == "plain");
  CHECK(for_message("a\nb\xe2\x80\xae") == "a\\u{000A}b\\u{202E}");
  CHECK(for_message("\xff") == "\\xFF");
  CHECK(for_message(std::string(100, 'x')) == std::string(60, 'x') + "…");
}
