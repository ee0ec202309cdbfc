// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A finding in words, for the formats that show text to people. Raw: each format escapes for itself.
#ifndef COMPILER_REPORT_TOLD_H
#define COMPILER_REPORT_TOLD_H

#include <string>
#include <vector>

#include "compiler/report/run.h"

namespace cordon::report {

// `CD4601 outside-opens-to-device`
[[nodiscard]] std::string title_of(diagnostics::KindId kind);

// `zones/pumps.yaml:4:7`
[[nodiscard]] std::string text_of(const Place& place);

// What is to be seen at the place itself, at other places, the facts and the ways out, a line each.
[[nodiscard]] std::vector<std::string> details_of(const Run& run, const Finding& finding);

// Why a finding that is not open is shown nevertheless: `waived by W-1 until 2027-01-31: …`.
[[nodiscard]] std::string excuse_of(const Run& run, const Finding& finding);

// `2 errors, 1 warning, 3 waived`; `nothing found`.
[[nodiscard]] std::string counts_text(const Counts& counts);

// Of so many findings, how many a kind, the most frequent first: `3 × CD4601, 1 × CD4602`.
[[nodiscard]] std::string kinds_text(const std::vector<const Finding*>& findings);

// `1 zone`, `4 zones`.
[[nodiscard]] std::string counted(std::size_t count, std::string_view noun);

}  // namespace cordon::report

#endif  // COMPILER_REPORT_TOLD_H
