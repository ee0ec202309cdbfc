// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/diagnostics/explain.h"

#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "compiler/diagnostics/explain_pages.h"

using namespace cordon::diagnostics;

TEST_CASE("every kind has a page that names it and has the four parts") {
  for (const KindInfo& kind : all_kinds()) {
    CAPTURE(kind.code);
    const std::string_view page = explain_page(kind);
    REQUIRE_FALSE(page.empty());
    CHECK(page.starts_with(fmt::format("# {} {}\n", kind.code, kind.slug)));
    for (const std::string_view head : {"\n## Why it matters\n", "\n## Wrong\n", "\n## Right\n"}) {
      CAPTURE(head);
      CHECK(page.find(head) != std::string_view::npos);
    }
  }
}

TEST_CASE("every page belongs to a kind") {
  for (const ExplainPage& page : explain_pages()) {
    CAPTURE(page.code);
    CHECK(find_kind(page.code) != nullptr);
  }
}
