// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/diagnostics/explain.h"

#include <algorithm>

#include "compiler/diagnostics/explain_pages.h"

namespace cordon::diagnostics {

std::string_view explain_page(const KindInfo& kind) {
  const auto pages = explain_pages();
  const auto page = std::find_if(pages.begin(), pages.end(),
                                 [&](const ExplainPage& candidate) { return candidate.code == kind.code; });
  return page == pages.end() ? std::string_view() : page->text;
}

}  // namespace cordon::diagnostics
