// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The canonical form of files, on every policy of this repository and on many disturbed copies of each.
//
// A disturbance changes blanks, line breaks, indentation or comments. Whatever it did: as long as the file
// can be read, its form has the same tree, the same comments in the same order, and is its own form. And what
// only moved about is put back: shipped files are canonical, so their form is the file.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source.h"
#include "compiler/yaml/format.h"
#include "compiler/yaml/load.h"

namespace {

using namespace cordon;
namespace fs = std::filesystem;
using Random = std::mt19937;
using Lines = std::vector<std::string>;

constexpr int copies = 25;  // of each file and kind of disturbance

std::vector<fs::path> files_below(const std::vector<std::string>& folders) {
  std::vector<fs::path> files;
  for (const std::string& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(CORDON_SOURCE_DIR) / folder)) {
      if (entry.path().extension() == ".yaml") files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  return files;
}

std::string read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

Lines lines_of(const std::string& text) {
  Lines lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

std::string joined(const Lines& lines, std::string_view end) {
  std::string text;
  for (const std::string& line : lines) text += line + std::string(end);
  return text;
}

std::size_t pick(Random& random, std::size_t below) {
  return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
}

struct Read {
  source::Sources sources;
  source::FileId file;
  diagnostics::Diagnostics found;
  std::optional<yaml::Document> document;

  explicit Read(const std::string& text) {
    file = sources.add("a.yaml", text);
    document = yaml::load(sources, file, found);
  }
  [[nodiscard]] bool sound() const { return document && !found.has_errors(); }
};

// The words of our own comments, which are told from everything else by their sign.
std::vector<std::string> marks(const std::string& text) {
  std::vector<std::string> found;
  for (std::size_t at = text.find("# mark "); at != std::string::npos; at = text.find("# mark ", at + 1))
    found.push_back(text.substr(at, std::string_view("# mark 0").size()));
  return found;
}

std::string without_blanks(const std::string& text) {
  std::string kept;
  std::ranges::copy_if(text, std::back_inserter(kept),
                       [](char c) { return c != ' ' && c != '\t' && c != '\n' && c != '\r'; });
  return kept;
}

// Anything may come of it, also a file that says something else or nothing.
std::string disturbed(Random& random, const std::string& text) {
  Lines lines = lines_of(text);
  const std::size_t changes = 1 + pick(random, 8);
  for (std::size_t i = 0; i < changes && !lines.empty(); ++i) {
    const std::size_t at = pick(random, lines.size());
    std::string& line = lines[at];
    const std::size_t place = pick(random, line.size() + 1);
    switch (pick(random, 8)) {
      case 0:
        line.append(pick(random, 3), ' ').append("# mark " + std::to_string(i));
        break;
      case 1:
        lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at),
                     std::string(pick(random, 9), ' ') + "# mark " + std::to_string(i));
        break;
      case 2:
        lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at), std::string(pick(random, 4), ' '));
        break;
      case 3:
        line.insert(place, 1 + pick(random, 6), ' ');
        break;
      case 4:
        if (const std::size_t blank = line.find(' ', place); blank != std::string::npos) line.erase(blank, 1);
        break;
      case 5:
        if (const std::size_t comma = line.find(", ", place); comma != std::string::npos)
          line.insert(comma + 1, "\n" + std::string(4 + pick(random, 12), ' '));
        break;
      case 6:
        line.append(1 + pick(random, 3), ' ');
        break;
      default:
        if (const std::size_t colon = line.find(": ", place); colon != std::string::npos)
          line.insert(colon + 1, "\n" + std::string(4 + pick(random, 12), ' '));
        break;
    }
  }
  return joined(lines, pick(random, 4) == 0 ? "\r\n" : "\n");
}

void check_form(const std::string& text) {
  const Read before(text);
  if (!before.sound()) return;
  const auto form = yaml::format(before.sources, before.file, *before.document);
  if (!form) {
    WARN_MESSAGE(form, form.error().message);
    return;
  }
  const Read after(*form);
  REQUIRE(after.sound());
  CHECK(yaml::same_tree(before.document->root(), after.document->root()));
  CHECK(marks(text) == marks(*form));
  CHECK(without_blanks(text) == without_blanks(*form));
  const auto again = yaml::format(after.sources, after.file, *after.document);
  REQUIRE(again);
  CHECK(*again == *form);
}

// More indentation, blanks at the end, empty lines beside empty lines, other line ends: all of it goes again.
std::string only_moved(Random& random, const std::string& text) {
  const std::size_t deeper = 1 + pick(random, 3);
  Lines moved;
  for (std::string& line : lines_of(text)) {
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    for (std::size_t dash = indent; line.compare(dash, 2, "- ") == 0; dash += 2 * deeper)
      line.insert(dash + 1, 2 * (deeper - 1), ' ');
    line.insert(0, indent * (deeper - 1), ' ');
    if (line.empty()) moved.emplace_back(pick(random, 3), ' ');
    moved.push_back(line + std::string(pick(random, 3), ' '));
  }
  for (std::size_t i = pick(random, 3); i > 0; --i) moved.emplace_back();
  return joined(moved, pick(random, 2) == 0 ? "\r\n" : "\n");
}

}  // namespace

TEST_CASE("shipped policies are in canonical form, and are put back into it") {
  Random random(1);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same cases every time
  for (const fs::path& path : files_below({"examples", "policies"})) {
    CAPTURE(path.string());
    const std::string text = read(path);
    for (int copy = 0; copy < copies; ++copy) {
      const Read moved(copy == 0 ? text : only_moved(random, text));
      REQUIRE(moved.sound());
      const auto form = yaml::format(moved.sources, moved.file, *moved.document);
      REQUIRE(form);
      REQUIRE(*form == text);
    }
  }
}

TEST_CASE("disturbed policies keep their meaning and their comments") {
  Random random(2);  // NOLINT(cert-msc32-c,cert-msc51-cpp)
  for (const fs::path& path : files_below({"examples", "policies", "tests/golden", "backends"})) {
    const std::string text = read(path);
    if (text.size() > 40'000) continue;
    CAPTURE(path.string());
    check_form(text);
    for (int copy = 0; copy < copies; ++copy) {
      const std::string changed = disturbed(random, text);
      CAPTURE(changed);
      check_form(changed);
    }
  }
}
