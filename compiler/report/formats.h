// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The formats that a run is written in: one table, from which `--output`, its help and its faults come.
//
// A writer is a function from a run to bytes: the same bytes for the same run. What a host shows to people
// has nothing in it that acts on the page, and never more than the host takes; what was left out is said in
// the output itself.
#ifndef COMPILER_REPORT_FORMATS_H
#define COMPILER_REPORT_FORMATS_H

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "compiler/report/run.h"

namespace cordon::report {

struct FormatInfo {
  std::string_view name;     // `sarif`
  std::string_view purpose;  // who reads it
  std::string_view limits;   // of the host, as the writer keeps them
  // An environment variable that names a file for the summary in Markdown, which hosts with annotations want
  // besides; null: there is none.
  const char* summary_variable = nullptr;
};
struct Format : FormatInfo {
  std::string (*write)(const Run&) = nullptr;
};

[[nodiscard]] std::span<const Format> formats();
[[nodiscard]] const Format* find_format(std::string_view name);  // null: there is none

[[nodiscard]] std::string write_json(const Run& run);
[[nodiscard]] std::string write_sarif(const Run& run);
[[nodiscard]] std::string write_junit(const Run& run);
[[nodiscard]] std::string write_github(const Run& run);
[[nodiscard]] std::string write_gitlab(const Run& run);
[[nodiscard]] std::string write_markdown(const Run& run);

// What `write_json` writes, for a document that holds it.
[[nodiscard]] nlohmann::ordered_json run_document(const Run& run);

// The cases of JUnit, and a document around those of several commands.
struct Suite {
  std::string text;  // `<testsuite>`, one or several
  std::size_t tests = 0, failures = 0;
};
[[nodiscard]] Suite check_suite(const Run& run);
[[nodiscard]] std::string junit_document(std::string_view name, const Suite& suite);

inline constexpr std::string_view check_format_version = "1.0";
// JSON Schema of what `write_json` writes.
[[nodiscard]] std::string check_schema();

// What the writers keep, by host.
namespace limit {
// GitHub code scanning keeps 5,000 results of a run, refuses 25,000, and takes 10 MB compressed; not
// compressed is a little more than needed and never too much. It shows 100 places of a result and 10 tags of
// a rule.
inline constexpr std::size_t sarif_results = 5'000;
inline constexpr std::size_t sarif_bytes = 10'000'000;
inline constexpr std::size_t sarif_places = 100;
inline constexpr std::size_t sarif_steps = 1'000;
inline constexpr std::size_t sarif_tags = 10;
// GitHub shows ten annotations of a kind and a step; a message is cut at 4 KiB.
inline constexpr std::size_t annotations = 10;
inline constexpr std::size_t annotation_bytes = 4'000;
// A comment on GitHub holds 65,536 characters, a job summary 1 MiB.
inline constexpr std::size_t markdown_bytes = 60'000;
inline constexpr std::size_t summary_bytes = std::size_t{1} << 20U;
// GitLab takes reports of 10 MB where nobody has raised the limit; more than a few thousand entries help
// nobody.
inline constexpr std::size_t gitlab_entries = 5'000;
inline constexpr std::size_t gitlab_bytes = 10'000'000;
// GitLab takes 30 MB of JUnit, but no text of 10 MB in it. Of one check so many findings are told in full.
inline constexpr std::size_t junit_findings = 100;
}  // namespace limit

}  // namespace cordon::report

#endif  // COMPILER_REPORT_FORMATS_H
