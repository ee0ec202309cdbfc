// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/source/utf8.h"

#include <string_view>

#include <doctest/doctest.h>

using namespace cordon::source;

TEST_CASE("well-formed sequences are read") {
  CHECK(decode("a", 0).value == 'a');
  CHECK(decode("\u00e9", 0).value == 0xE9);
  CHECK(decode("\u6c34", 0).bytes == 3);
  CHECK(decode("\U0001F3E5", 0).value == 0x1F3E5);
  CHECK(decode("\U0010FFFF", 0).bytes == 4);
}

TEST_CASE("everything else is not UTF-8") {
  const std::string_view faulty[] = {
      "\x80",              // continuation without a lead
      "\xC3",              // cut off
      "\xC3(",             // wrong continuation
      "\xC0\xAF",          // overlong
      "\xE0\x80\xAF",      // overlong
      "\xF0\x80\x80\xAF",  // overlong
      "\xED\xA0\x80",      // surrogate
      "\xF4\x90\x80\x80",  // beyond the last character
      "\xF8\x88\x80\x80\x80",
      "\xFE",
      "\xFF",
  };
  for (const std::string_view text : faulty) {
    CAPTURE(text);
    CHECK(decode(text, 0).bytes == 0);
  }
}

TEST_CASE("what hides or reorders text is known") {
  for (const std::uint32_t hidden : {0x00ADU, 0x200BU, 0x200DU, 0x200EU, 0x202AU, 0x202EU, 0x2066U, 0x2069U,
                                     0x2028U, 0x061CU, 0xFEFFU, 0x3164U, 0xE0041U}) {
    CAPTURE(hidden);
    CHECK(is_invisible(hidden));
  }
  for (const std::uint32_t shown : {0x20U, 0x41U, 0xE9U, 0x5D0U, 0x627U, 0x6C34U, 0x1F3E5U}) {
    CAPTURE(shown);
    CHECK_FALSE(is_invisible(shown));
  }
  CHECK(is_control(0));
  CHECK(is_control(0x1B));
  CHECK(is_control(0x7F));
  CHECK(is_control(0x85));
  CHECK_FALSE(is_control(0xA0));
}
