// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/records.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "compiler/cli/manifest.h"

namespace cordon::cli {
namespace {

std::vector<std::string> warning_lines(const diagnostics::Diagnostics& diagnostics) {
  std::vector<std::string> lines;
  for (const diagnostics::Diagnostic& diagnostic : diagnostics.all()) {
    lines.push_back(fmt::format("{} {}", diagnostics::info(diagnostic.kind).code, diagnostic.message));
  }
  std::ranges::sort(lines);
  return lines;
}

}  // namespace

void write_records(const Compilation& compilation, std::vector<std::string> retargets,
                   std::span<const plan::Pass* const> passes, OutputDirectory& output) {
  std::ranges::sort(retargets);
  std::vector<std::string> names;
  for (const plan::Pass* pass : passes) names.emplace_back(pass->name);
  const std::string map = source_map_json(compilation.project.sources, compilation.emissions);
  output.write(source_map_name, map);
  output.write(manifest_name, manifest_json({.sources = compilation.project.sources,
                                             .emissions = compilation.emissions,
                                             .end_to_end = compilation.end_to_end,
                                             .retargets = std::move(retargets),
                                             .passes = std::move(names),
                                             .warnings = warning_lines(compilation.diagnostics),
                                             .source_map = map}));
}

}  // namespace cordon::cli
