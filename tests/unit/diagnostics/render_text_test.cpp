// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Whole texts, caret lines included: what stands under what is the point.
#include "compiler/diagnostics/render_text.h"

#include <string>

#include <doctest/doctest.h>

#include "compiler/diagnostics/kinds/yaml.h"

using namespace cordon::diagnostics;
using cordon::source::FileId;
using cordon::source::Sources;

namespace {

struct Fixture {
  Sources sources;
  Diagnostics diags;

  std::string render(const TextOptions& options = {}) { return render_text(diags.all(), sources, options); }
  // The range of the nth occurrence of a word.
  Range find(FileId file, std::string_view word, int nth = 1) const {
    std::size_t at = sources.text(file).find(word);
    for (int i = 1; i < nth; ++i) at = sources.text(file).find(word, at + 1);
    return {file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + word.size())};
  }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "nothing found, nothing said") { CHECK(render().empty()); }

TEST_CASE_FIXTURE(Fixture, "one place") {
  const FileId file = sources.add("plant.yaml", "zones:\n  scada: {}\n  scada: {}\n");
  diags.build(kind::duplicate_key, find(file, "scada", 2), "scada").here("again").help("keep one").emit();
  CHECK(render() == R"(error[CD1002 duplicate-key]: key `scada` occurs twice in one mapping
 --> plant.yaml:3:3
3 |   scada: {}
  |   ^^^^^ again
help: keep one

1 error
)");
}

TEST_CASE_FIXTURE(Fixture, "labels on several lines and in several files, with a gap") {
  const FileId plant = sources.add("plant.yaml", "1\n2\n3\n4\n5\n6\n7\n8\n9\n    from: scda\n    to: plc\n");
  const FileId zones = sources.add("zones.yaml", "zones:\n  scada: {}\n");
  diags.build(kind::yaml_syntax, find(plant, "scda"), "conduit names zone `scda`, which no file declares")
      .label(find(zones, "scada"), "did you mean `scada`?")
      .label(find(plant, "plc"), "the other end")
      .label(find(plant, "2"), "far away")
      .note("a fact")
      .help("declare it")
      .emit();
  CHECK(render() == R"(error[CD1001 yaml-syntax]: conduit names zone `scda`, which no file declares
  --> plant.yaml:10:11
 2 | 2
   | - far away
...
10 |     from: scda
   |           ^^^^
11 |     to: plc
   |         --- the other end
  ::: zones.yaml:2:3
 2 |   scada: {}
   |   ----- did you mean `scada`?
note: a fact
help: declare it

1 error
)");
}

TEST_CASE_FIXTURE(Fixture, "several labels on one line") {
  const FileId file = sources.add("a.yaml", "a: {x: 1, y: 2, x: 3}\n");
  diags.build(kind::duplicate_key, find(file, "x", 2), "x")
      .here("again")
      .label(find(file, "x"), "first here")
      .label(find(file, "y"), "between")
      .emit();
  CHECK(render() == R"(error[CD1002 duplicate-key]: key `x` occurs twice in one mapping
 --> a.yaml:1:17
1 | a: {x: 1, y: 2, x: 3}
  |     -     -     ^ again
  |           between
  |     first here

1 error
)");
}

TEST_CASE_FIXTURE(Fixture, "several findings and the closing line") {
  const FileId file = sources.add("a.yaml", "a: 1\n");
  diags.build(kind::empty_file, {file, 0, 0}).emit();
  diags.build(kind::empty_file, {}).help("no place at all").emit();
  CHECK(render() == R"(error[CD1015 empty-file]: file holds nothing but blanks and comments
 --> a.yaml:1:1
1 | a: 1
  | ^

error[CD1015 empty-file]: file holds nothing but blanks and comments
help: no place at all

2 errors
)");
}

TEST_CASE_FIXTURE(Fixture, "a range of several lines is marked on its first") {
  const FileId file = sources.add("a.yaml", "zones:\n  a:\n    b: 1\n    c: 2\nd: 3\n");
  const std::string& text = sources.text(file);
  diags.build(kind::yaml_syntax, {file, 9, static_cast<std::uint32_t>(text.find("d: 3"))}, "this zone")
      .emit();
  CHECK(render() == R"(error[CD1001 yaml-syntax]: this zone
 --> a.yaml:2:3
2 |   a:
  |   ^^ (up to line 5)

1 error
)");
}

TEST_CASE_FIXTURE(Fixture, "the end of a line and of the file can be pointed at") {
  const FileId file = sources.add("a.yaml", "a: 1\nb:");
  diags.build(kind::yaml_syntax, {file, 4, 5}, "end of line").emit();
  diags.build(kind::yaml_syntax, {file, 7, 7}, "end of file").emit();
  CHECK(render() == R"(error[CD1001 yaml-syntax]: end of line
 --> a.yaml:1:5
1 | a: 1
  |     ^

error[CD1001 yaml-syntax]: end of file
 --> a.yaml:2:3
2 | b:
  |   ^

2 errors
)");
}

TEST_CASE_FIXTURE(Fixture, "carets stand under tabs, wide, combining and non-Latin characters") {
  const FileId file = sources.add("a.yaml", "\tx: \u6c34\u6c34 y: e\u0301 z: \u05d0 w: 1\n");
  for (const char* word : {"\t", "y", "z", "w"})
    diags.build(kind::yaml_syntax, find(file, word), word).emit();
  const std::string text = render();
  CHECK(text.find("1 |     x: \u6c34\u6c34 y: e\u0301 z: \u05d0 w: 1\n  | ^^^^\n") != std::string::npos);
  CHECK(text.find("\n  |             ^\n") != std::string::npos);
  CHECK(text.find("\n  |                  ^\n") != std::string::npos);
  CHECK(text.find("\n  |                       ^\n") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "nothing from a file acts on the terminal, hides, reorders or starts a line") {
  const FileId file = sources.add("a\x1b[31m\n.yaml", "x: \x1b[2J\u202eabc\u200b\xff y\n");
  diags.build(kind::yaml_syntax, find(file, "y"), "bad `\u202e\x07\n`")
      .here("l\nx")
      .note("n\ro")
      .help("h\tp")
      .emit();
  CHECK(render() == R"(error[CD1001 yaml-syntax]: bad `\u{202e}\u{7}\u{a}`
 --> a\u{1b}[31m\u{a}.yaml:1:15
1 | x: \u{1b}[2J\u{202e}abc\u{200b}\x{ff} y
  |                                       ^ l\u{a}x
note: n\u{d}o
help: h\u{9}p

1 error
)");
}

TEST_CASE_FIXTURE(Fixture, "a long line is shown around what is marked") {
  const std::string padding(300, '.');
  const FileId file = sources.add("a.yaml", "start " + padding + " wrong " + padding + " end\n");
  diags.build(kind::yaml_syntax, find(file, "wrong"), "long").here("this").emit();
  CHECK(render({.width = 64}) == R"(error[CD1001 yaml-syntax]: long
 --> a.yaml:1:308
1 | …................... wrong ..................................…
  |                      ^^^^^ this

1 error
)");
}

TEST_CASE_FIXTURE(Fixture, "a line of a million characters costs no more than its surroundings") {
  const FileId file = sources.add("a.yaml", std::string(5'000'000, 'x') + "!" + std::string(5'000'000, 'x'));
  for (int i = 0; i < 20; ++i) diags.build(kind::yaml_syntax, find(file, "!"), "here").emit();
  CHECK(render().size() < 20 * 500);
}

TEST_CASE_FIXTURE(Fixture, "a finding with very many places stays short") {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "line\n";
  const FileId file = sources.add("a.yaml", text);
  auto builder = diags.build(kind::yaml_syntax, {file, 0, 4}, "many");
  for (std::uint32_t i = 1; i < 100; ++i) builder.label({file, i * 5, i * 5 + 4}, "also");
  builder.emit();
  const std::string rendered = render();
  CHECK(std::count(rendered.begin(), rendered.end(), '\n') <= 16);
  CHECK(rendered.find("note: 95 more places: a.yaml:6, 7, 8, 9, 10, 11, 12, 13, …\n") != std::string::npos);
}

TEST_CASE_FIXTURE(Fixture, "colour only when asked, and always switched off again") {
  const FileId file = sources.add("a.yaml", "a: 1\n");
  diags.build(kind::empty_file, {file, 0, 1}).help("h").emit();
  CHECK(render().find('\x1b') == std::string::npos);
  const std::string colored = render({.color = true});
  CHECK(colored.starts_with("\x1b[1;31merror[CD1015 empty-file]\x1b[0m"));
  std::size_t on = 0;
  std::size_t off = 0;
  for (std::size_t at = colored.find('\x1b'); at != std::string::npos; at = colored.find('\x1b', at + 1)) {
    ++(colored.substr(at, 4) == "\x1b[0m" ? off : on);
  }
  CHECK(on == off);
}
