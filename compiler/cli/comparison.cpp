// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/comparison.h"

#include <map>

#include <fmt/format.h>

#include "compiler/cli/git_revision.h"
#include "compiler/diagnostics/kinds/cli.h"

namespace cordon::cli {
namespace {

namespace kind = diagnostics::kind;

std::string shown(const std::string& project) { return project.empty() ? "working tree" : project; }

}  // namespace

void load_revision(Comparison& comparison, const ComparisonOptions& options) {
  Compilation& before = comparison.before;
  before.exit_code = ExitCode::usage;
  const auto start = locate_project(options.after, before.diagnostics);
  if (!start) return;
  const auto revision = GitRevision::open(start->root, options.against);
  if (!revision) {
    before.diagnostics.build(kind::bad_revision, {}, revision.error().message)
        .help("{}", revision.error().help)
        .emit();
    return;
  }
  comparison.before_name = fmt::format("{} ({})", options.against, (*revision)->commit());
  load_from(before, **revision, start->file);
}

report::ChangeSide Comparison::before_side() const {
  return {before_name, &*before.policy, &before.project.sources};
}
report::ChangeSide Comparison::after_side() const {
  return {after_name, &*after.policy, &after.project.sources};
}

void load_comparison(Comparison& comparison, const ComparisonOptions& options) {
  if (options.against.empty()) {
    comparison.before_name = options.before;
    load(comparison.before, {.project = options.before, .retargets = {}, .passes = {}, .jobs = 0});
  } else {
    load_revision(comparison, options);
  }
  if (comparison.before.diagnostics.has_errors() && !comparison.before.policy &&
      comparison.before_name.empty())
    return;
  comparison.after_name = shown(options.after);
  load(comparison.after, {.project = options.after, .retargets = {}, .passes = {}, .jobs = 0});
}

void compare_devices(Comparison& comparison, const PipelineOptions& pipeline, report::ChangeReport& report) {
  for (Compilation* side : {&comparison.before, &comparison.after}) {
    plan_devices(*side, pipeline);
    if (side->plan) continue;
    report.devices_unknown = fmt::format("{} cannot be planned; `cordon check` says why",
                                         side == &comparison.before ? report.before.name : report.after.name);
    return;
  }
  compare_texts(texts_of(comparison.before, pipeline), texts_of(comparison.after, pipeline), report);
}

void compare_texts(const std::map<std::string, std::string>& before, std::map<std::string, std::string> after,
                   report::ChangeReport& report) {
  for (const auto& [file, text] : before) after.try_emplace(file);
  for (const auto& [file, text] : after) {
    const auto old = before.find(file);
    const LineChange change = compare_lines(old == before.end() ? std::string() : old->second, text);
    if (change.added == 0 && change.removed == 0) {
      ++report.same_devices;
    } else {
      report.devices.push_back({file, change.added, change.removed});
    }
  }
}

bool forbids(std::string_view forbidden, change::Verdict verdict) {
  using change::Verdict;
  const bool opens = verdict == Verdict::more_permissive || verdict == Verdict::incomparable;
  const bool closes = verdict == Verdict::less_permissive || verdict == Verdict::incomparable;
  if (forbidden == "more-permissive") return opens;
  if (forbidden == "less-permissive") return closes;
  return forbidden == "any" && verdict != Verdict::equal;
}

}  // namespace cordon::cli
