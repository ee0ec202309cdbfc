// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/diagnostics/diagnostics.h"

#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "compiler/diagnostics/kinds/yaml.h"

using namespace cordon::diagnostics;
using cordon::source::FileId;
using cordon::source::Sources;

TEST_CASE("codes and names are unique, well formed, and found") {
  std::set<std::string_view> seen;
  for (const KindInfo& kind : all_kinds()) {
    CAPTURE(kind.code);
    CHECK(kind.code.size() == 6);
    CHECK(kind.code.substr(0, 2) == "CD");
    CHECK(std::all_of(kind.code.begin() + 2, kind.code.end(), [](char c) { return c >= '0' && c <= '9'; }));
    CHECK(std::all_of(kind.slug.begin(), kind.slug.end(),
                      [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }));
    CHECK(seen.insert(kind.code).second);
    CHECK(seen.insert(kind.slug).second);
    CHECK(find_kind(kind.code) == &kind);
    CHECK(find_kind(kind.slug) == &kind);
  }
  CHECK(find_kind("CD0000") == nullptr);
  CHECK(find_kind("") == nullptr);
}

TEST_CASE("messages start in lower case and end without a full stop") {
  for (const KindInfo& kind : all_kinds()) {
    CAPTURE(kind.code);
    REQUIRE_FALSE(kind.format.empty());
    CHECK_FALSE(kind.format.ends_with('.'));
    // A word in capitals is a name: `VLAN`, `IPv4`.
    const bool starts_a_sentence = kind.format.size() > 1 && kind.format[0] >= 'A' && kind.format[0] <= 'Z' &&
                                   kind.format[1] >= 'a' && kind.format[1] <= 'z';
    CHECK_FALSE(starts_a_sentence);
  }
}

TEST_CASE("a message is recorded by emit, with everything that was said") {
  Sources sources;
  const FileId file = sources.add("a.yaml", "a: 1\na: 2\n");
  Diagnostics diags;
  diags.build(kind::duplicate_key, {file, 5, 6}, "a")
      .here("again")
      .label({file, 0, 1}, "first {}", "here")
      .note("n")
      .help("h")
      .emit();
  REQUIRE(diags.all().size() == 1);
  const Diagnostic& diagnostic = diags.all().front();
  CHECK(diagnostic.message == "key `a` occurs twice in one mapping");
  CHECK(diagnostic.labels.size() == 2);
  CHECK(diagnostic.labels[0].text == "again");
  CHECK(diagnostic.labels[1].text == "first here");
  CHECK(diagnostic.notes == std::vector<std::string>{"n"});
  CHECK(diagnostic.helps == std::vector<std::string>{"h"});
  CHECK(diags.has_errors());
}

TEST_CASE("sorting goes by path and place, keeps no repetition, and does not depend on the order before") {
  Sources sources;
  const FileId later = sources.add("b.yaml", "x: 1\ny: 2\n");
  const FileId earlier = sources.add("a.yaml", "x: 1\n");
  const auto fill = [&](Diagnostics& diags, bool backwards) {
    std::vector<Range> places = {{later, 5, 6}, {later, 0, 1}, {earlier, 0, 1}, {later, 0, 1}, {}};
    if (backwards) std::reverse(places.begin(), places.end());
    for (const Range& place : places) diags.build(kind::duplicate_key, place, "x").emit();
    diags.sort(sources);
  };
  Diagnostics one;
  Diagnostics two;
  fill(one, false);
  fill(two, true);
  CHECK(one.all() == two.all());
  REQUIRE(one.all().size() == 4);
  CHECK_FALSE(one.all()[0].labels[0].range.valid());
  CHECK(one.all()[1].labels[0].range.file == earlier);
  CHECK(one.all()[2].labels[0].range.begin == 0);
  CHECK(one.all()[3].labels[0].range.begin == 5);
  CHECK(one.error_count() == 4);
}

TEST_CASE("appending keeps order and counts errors") {
  Diagnostics all;
  Diagnostics part;
  part.build(kind::empty_file, {}).emit();
  all.append(std::move(part));
  CHECK(all.error_count() == 1);
}
