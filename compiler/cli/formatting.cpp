// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/formatting.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "compiler/diagnostics/kinds/cli.h"
#include "compiler/yaml/format.h"
#include "compiler/yaml/load.h"

namespace cordon::cli {
namespace {

namespace kind = diagnostics::kind;

constexpr std::string_view library_prefix = "library:";

// The first line that is not the same in both; its blanks at the end are part of it.
source::Range first_difference(source::FileId file, const std::string& before, const std::string& after) {
  const auto [old_text, new_text] = std::ranges::mismatch(before, after);
  auto begin = static_cast<std::size_t>(old_text - before.begin());
  if (begin == before.size() && begin > 0) --begin;
  const std::size_t line = begin == 0 ? std::string::npos : before.rfind('\n', begin - 1);
  begin = line == std::string::npos ? 0 : line + 1;
  const std::size_t end = std::min(before.find('\n', begin), before.size());
  return {file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

}  // namespace

std::optional<std::string> canonical_text(const source::Sources& sources, source::FileId file,
                                          diagnostics::Diagnostics& diagnostics) {
  diagnostics::Diagnostics found;
  const auto document = yaml::load(sources, file, found);
  if (!document || found.has_errors()) {
    diagnostics.append(std::move(found));
    return std::nullopt;
  }
  auto formatted = yaml::format(sources, file, *document);
  if (formatted) return std::move(*formatted);
  const yaml::FormatFault& fault = formatted.error();
  diagnostics.build(kind::format_refused, fault.place, fault.message).help("{}", fault.help).emit();
  return std::nullopt;
}

std::vector<source::FileId> policy_files(const resolve::Project& project) {
  std::vector<source::FileId> files;
  for (std::uint32_t index = 0; index < project.sources.size(); ++index) {
    const source::FileId file{index};
    if (project.sources.path(file).starts_with(library_prefix)) continue;
    if (std::ranges::any_of(project.inventories, [&](const auto& each) { return each.second == file; }))
      continue;
    files.push_back(file);
  }
  return files;
}

void report_not_formatted(const source::Sources& sources, source::FileId file, const std::string& canonical,
                          diagnostics::Diagnostics& diagnostics) {
  diagnostics
      .build(kind::not_formatted, first_difference(file, sources.text(file), canonical), sources.path(file))
      .here("the first line that would change")
      .help("`cordon fmt` rewrites the file and keeps every comment; `cordon fmt --diff` shows how")
      .emit();
}

}  // namespace cordon::cli
