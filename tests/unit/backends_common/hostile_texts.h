// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Texts that would end a line, leave a mode or hide what they say, tried in every field.
#ifndef TESTS_UNIT_BACKENDS_COMMON_HOSTILE_TEXTS_H
#define TESTS_UNIT_BACKENDS_COMMON_HOSTILE_TEXTS_H

#include <algorithm>
#include <string>
#include <vector>

namespace cordon::test {

inline const std::vector<std::string>& hostile_texts() {
  static const std::vector<std::string> texts = {
      "x\nexit\npermit ip any any",
      "x\r\nend",
      "x\rend",
      "x y",
      "x\" y",
      "x' y",
      "! x",
      "x !",
      "x;reload",
      "x?",
      "x ^C",
      std::string("x\0y", 3),
      "x\x1b[2J",
      "x\x7f",
      "x\ty",
      "x | y",
      "\xe2\x80\xaex",
      "x\xe2\x80\xa8y",
      "x\xc3\xa9",
      "x\xff\xfe",
      "$(reload)",
      "x\\",
      "exit",
      std::string(5000, 'x'),
      "",
  };
  return texts;
}

// Lines, and whether every byte is printable ASCII or a line break.
struct Shape {
  std::ptrdiff_t lines = 0;
  bool printable = true;
};
inline Shape shape(const std::string& text) {
  return {std::ranges::count(text, '\n'),
          std::ranges::all_of(text, [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); })};
}

}  // namespace cordon::test

#endif  // TESTS_UNIT_BACKENDS_COMMON_HOSTILE_TEXTS_H
