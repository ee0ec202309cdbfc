// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Each limit is met exactly, and what lies beyond it is refused quickly.
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

std::string nested_blocks(int depth) {
  std::string text;
  for (int i = 0; i < depth; ++i) text += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  return text;
}

}  // namespace

TEST_CASE("depth, in every way to nest") {
  const auto sequences = [](int depth) { return repeat("[", depth) + repeat("]", depth); };
  const auto mappings = [](int depth) { return repeat("{a: ", depth) + repeat("}", depth); };
  const auto dashes = [](int depth) { return repeat("- ", depth) + "x\n"; };
  const auto questions = [](int depth) { return repeat("- ? a\n  : ", 1) + repeat("- ", depth - 2) + "x\n"; };
  for (const int depth : {63, 64}) {
    CAPTURE(depth);
    CHECK(Loaded(sequences(depth)).faults() == "");
    CHECK(Loaded(mappings(depth)).faults() == "");
    CHECK(Loaded(dashes(depth)).faults() == "");
    CHECK(Loaded(nested_blocks(depth)).faults() == "");
    CHECK(Loaded(questions(depth)).faults() == "");
  }
  for (const int depth : {65, 100, 5000, 200'000}) {
    CAPTURE(depth);
    CHECK(Loaded(sequences(depth)).faults() == "CD1005@1:65");
    CHECK(Loaded(mappings(depth)).faults().starts_with("CD1005@1:"));
    CHECK(Loaded(dashes(depth)).faults() == "CD1005@1:129");
    CHECK(Loaded(questions(depth)).faults().starts_with("CD1005@"));
  }
  CHECK(Loaded(nested_blocks(65)).faults() == "CD1005@65:65");
  CHECK(Loaded(nested_blocks(3000)).faults() == "CD1005@65:65");
}

TEST_CASE("depth counts through aliases") {
  const std::string deep = "a: &a " + repeat("[", 40) + repeat("]", 40) + "\n";
  CHECK(Loaded(deep + "b: " + repeat("[", 23) + "*a" + repeat("]", 23) + "\n").faults() == "");
  CHECK(Loaded(deep + "b: " + repeat("[", 24) + "*a" + repeat("]", 24) + "\n").faults() == "CD1005@2:28");
}

TEST_CASE("an alias bomb goes off at the limit, not in memory") {
  std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 40; ++i) {
    text += fmt::format("a{}: &a{} [{}*a{}]\n", i, i, repeat(fmt::format("*a{}, ", i - 1), 9), i - 1);
  }
  const Loaded loaded(text);
  CHECK(loaded.faults().starts_with("CD1006@"));
  CHECK(loaded.diags.all().front().message == "aliases stand for more than 1000000 values");
}

TEST_CASE("as many values as the limit allows, and one more") {
  LoadOptions options;
  options.limits.values = 11;  // five entries and the mapping itself
  CHECK(Loaded("a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n", options).faults() == "");
  CHECK(Loaded("a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\n", options).faults() == "CD1008@1:1");
  options.piece_bytes = 5;
  CHECK(Loaded("a: 1\nb: 2\nc: 3\nd: 4\ne: 5\n", options).faults() == "");
  CHECK(Loaded("a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\n", options).faults() == "CD1008@1:1");
}

TEST_CASE("as many bytes as the limit allows, and one more") {
  LoadOptions options;
  options.limits.file_bytes = 5;
  CHECK(Loaded("a: 1\n", options).faults() == "");
  CHECK(Loaded("a: 12\n", options).faults() == "CD1007@1:1");
}

TEST_CASE("a file full of faults gives a bounded list that counts the rest") {
  const Loaded doubled("x: 0\n" + repeat("x: 1\n", 100'000));
  CHECK(doubled.diags.all().size() == 50);
  CHECK(doubled.diags.all().back().notes == std::vector<std::string>{"99950 more of these in this file"});
  const Loaded controls("a: " + repeat("\x01", 10'000) + "\n");
  CHECK(controls.diags.all().size() == 50);
}
