// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A file read in pieces gives the same tree and the same messages as one read whole, wherever it is cut.
#include <cstdint>
#include <string>

#include <doctest/doctest.h>

#include "compiler/yaml/pieces.h"
#include "tests/unit/yaml/loaded.h"

using namespace cordon::yaml;

namespace {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 2 + 1) {}
  std::size_t below(std::size_t limit) {
    state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>((state_ >> 33U) % limit);
  }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <std::size_t size>
  std::string pick(const char* const (&choices)[size]) {
    return choices[below(size)];
  }

 private:
  std::uint64_t state_;
};

const char* const scalars[] = {"x",
                               "10.0.0.0/8",
                               "'it''s'",
                               "\"a\\tb\"",
                               "fd00::1",
                               "a b c",
                               "~",
                               "",
                               "!!str 5",
                               "\u00e9\u6c34",
                               "plain # comment",
                               "'quoted: text'",
                               "\"a, [b]\"",
                               "[a, b]",
                               "{a: 1, b: [c]}",
                               "[]",
                               "{}",
                               "[a,\n            b]",
                               "{a: 1,\n            b: 2}",
                               "'two\n            lines'",
                               "plain on\n            two lines",
                               "|\n            block\n             text",
                               ">-\n            folded\n\n            text"};
// These break a naive cut, or any reading.
const char* const traps[] = {"'a\nkey: b'",
                             "\"a\nkey: b\nc\"",
                             "[a,\nkey: b]",
                             "{a: 1,\nkey: 2}",
                             "'open",
                             "\"open",
                             "[open",
                             "&x a",
                             "*x",
                             "!bad v",
                             "a: b",
                             "|\n  text\n key: x",
                             "plain on\n        two lines",
                             "lone\nword",
                             "\"\\x07\""};
const char* const between[] = {"", "", "", "\n", "# comment\n", "   # comment: x\n", "\n\n"};

std::string value(Random& random, bool hostile) {
  return hostile && random.one_in(12) ? random.pick(traps) : random.pick(scalars);
}

std::string key(Random& random, bool hostile) {
  if (hostile && random.one_in(10))
    return random.pick({"'q'", "\"d q\"", "<<", "null", "? e\n", "x.y", "\u00e9"});
  return fmt::format("key-{}", random.below(hostile ? 20 : 1'000'000));
}

std::string section(Random& random, bool hostile) {
  std::string text = key(random, hostile) + ":";
  if (random.one_in(3)) return text + " " + value(random, hostile) + "\n";
  const bool list = random.one_in(3);
  const std::string indent(list && random.one_in(2) ? 0 : 2 + random.below(2) * 2, ' ');
  text += random.pick({"\n", "\n", "  # comment\n", "\n\n"});
  const std::size_t count = 1 + random.below(12);
  for (std::size_t i = 0; i < count; ++i) {
    text += random.pick(between);
    text += indent + (list ? "- " : key(random, hostile) + ": ");
    if (random.one_in(4)) {
      const std::string deeper = indent + "      ";
      text += "\n" + deeper + "in: 1\n" + deeper + "out: " + value(random, hostile) + "\n";
    } else {
      text += value(random, hostile) + "\n";
    }
  }
  return text;
}

std::string document(Random& random, bool hostile) {
  std::string text = random.one_in(8) ? "\xEF\xBB\xBF" : "";
  if (random.one_in(6)) text += "# heading\n";
  if (random.one_in(10)) text += "---\n";
  const std::size_t count = 1 + random.below(8);
  for (std::size_t i = 0; i < count; ++i) text += random.pick(between) + section(random, hostile);
  if (hostile && random.one_in(10))
    text += random.pick({"---\n", "...\n", "  x: 1\n", "%YAML 1.2\n", "- x\n"});
  if (!random.one_in(6)) return text;
  std::string with_returns;
  for (const char c : text) with_returns += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return with_returns;
}

void compare(const std::string& text) {
  LoadOptions whole;
  whole.piece_bytes = 0;
  const std::string expected = describe(Loaded(text, whole));
  for (const std::size_t bytes : {1U, 20U, 60U, 200U}) {
    LoadOptions cut;
    cut.piece_bytes = bytes;
    const std::string actual = describe(Loaded(text, cut));
    if (actual != expected) {
      CAPTURE(text);
      CAPTURE(bytes);
      REQUIRE(actual == expected);
    }
  }
}

std::size_t count_pieces(const std::string& text, std::size_t bytes) {
  std::size_t pieces = 0;
  for (const Part& part : cut(text, bytes)) pieces += part.pieces.size();
  return pieces;
}

}  // namespace

TEST_CASE("well-formed documents") {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    Random random(seed);
    const std::string text = document(random, false);
    CAPTURE(seed);
    compare(text);
  }
}

TEST_CASE("documents with traps and faults") {
  for (std::uint64_t seed = 0; seed < 2500; ++seed) {
    Random random(seed + 1'000'000);
    CAPTURE(seed);
    compare(document(random, true));
  }
}

TEST_CASE("documents with a byte changed") {
  const std::string_view bytes = ":-?[]{},'\"#&*!|>%\n \tx~";
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    Random random(seed + 2'000'000);
    std::string text = document(random, false);
    for (int i = 0; i < 2; ++i) text[random.below(text.size())] = bytes[random.below(bytes.size())];
    CAPTURE(seed);
    compare(text);
  }
}

TEST_CASE("generated documents are read, and mostly in pieces") {
  std::size_t read = 0;
  std::size_t in_pieces = 0;
  for (std::uint64_t seed = 0; seed < 500; ++seed) {
    Random random(seed);
    const std::string text = document(random, false);
    read += Loaded(text).document.has_value();
    in_pieces += count_pieces(text, 60) > 1;
  }
  CHECK(read == 500);
  CHECK(in_pieces > 250);
}

TEST_CASE("a large file is cut at the top level and inside its large items") {
  std::string text = "cordon: 1\nzones: {a: 1}\nhosts:\n";
  for (int i = 0; i < 1000; ++i) text += fmt::format("  h{}: {{ipv4: 10.0.0.{}}}\n", i, i);
  text += "tests:\n";
  for (int i = 0; i < 1000; ++i) text += fmt::format("- {{allow: {}}}\n", i);
  const auto parts = cut(text, 1000);
  REQUIRE(parts.size() == 3);
  CHECK(parts[0].key == "");
  CHECK(parts[1].key == "hosts");
  CHECK(parts[1].pieces.size() > 20);
  CHECK(parts[2].key == "tests");
  CHECK(parts[2].pieces.size() > 10);
  compare(text);
}

TEST_CASE("duplicates are found across pieces, with the same first place") {
  std::string text;
  for (int i = 0; i < 300; ++i) text += fmt::format("k{}: {}\n", i % 250, i);
  compare(text);
  LoadOptions options;
  options.piece_bytes = 100;
  CHECK(Loaded(text, options).diags.all().size() == 50);
}

TEST_CASE("files with document markers, directives or a list at the top are not cut") {
  const std::string body = "a: 1\nb: 2\nc: 3\n";
  CHECK(count_pieces(body, 5) == 3);
  CHECK(count_pieces("---\n" + body, 5) == 0);
  CHECK(count_pieces(body + "...\n", 5) == 0);
  CHECK(count_pieces("%YAML 1.2\n---\n" + body, 5) == 0);
  CHECK(count_pieces("- a\n- b\n- c\n", 3) == 0);
  CHECK(count_pieces(body, 0) == 0);
}
