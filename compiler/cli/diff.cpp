// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/cli/commands.h"
#include "compiler/cli/comparison.h"
#include "compiler/cli/purpose.h"
#include "compiler/cli/version.h"
#include "compiler/diagnostics/kinds/cli.h"

namespace cordon::cli {
namespace {

namespace kind = diagnostics::kind;
using change::Verdict;

struct DiffOptions {
  std::vector<std::string> projects;
  std::string against;
  bool exit_code = false, envelope = false;
  std::string intent;  // a file
  std::string forbid;
};

// One project with a revision, or two projects.
bool read_projects(const DiffOptions& options, ComparisonOptions& comparison,
                   diagnostics::Diagnostics& faults) {
  const std::size_t most = options.against.empty() ? 2 : 1;
  if (options.projects.size() > most || (options.against.empty() && options.projects.size() < 2)) {
    faults.build(kind::usage, {}, "a comparison has two sides")
        .help("name two projects: `cordon diff BEFORE AFTER`")
        .help("or a revision: `cordon diff --against main [PROJECT]`")
        .emit();
    return false;
  }
  comparison.against = options.against;
  if (!options.projects.empty()) comparison.after = options.projects.back();
  if (options.against.empty()) comparison.before = options.projects.front();
  return true;
}

// The side that does not load is named first; its messages follow.
ExitCode report_unloaded(const Console& console, Comparison& comparison) {
  for (Compilation* side : {&comparison.before, &comparison.after}) {
    if (side->policy) continue;
    const std::string& name = side == &comparison.before ? comparison.before_name : comparison.after_name;
    if (!name.empty()) console.note(name + " does not load:\n");
    console.print(std::move(side->diagnostics), side->project.sources, "diff");
    break;
  }
  return ExitCode::usage;
}

ExitCode exit_code(const DiffOptions& options, Verdict verdict) {
  if (forbids(options.forbid, verdict)) return ExitCode::findings;
  return options.exit_code && verdict != Verdict::equal ? ExitCode::difference : ExitCode::success;
}

// What a change is held against beside the other version. A verdict that is asked for and missing: undecided.
struct Verdicts {
  std::optional<change::PurposeResult> purpose;
  std::optional<change::EnvelopeResult> envelopes;
  bool undecided = false;

  [[nodiscard]] bool fails() const {
    return (purpose && !purpose->met()) || (envelopes && !envelopes->inside());
  }
};

Verdicts judge_change(const DiffOptions& options, const change::Intent& before, const change::Intent& after,
                      const change::Purpose& purpose, const change::Difference& difference) {
  Verdicts verdicts;
  if (!options.intent.empty()) {
    auto result = change::judge(before, after, purpose);
    verdicts.undecided = !result;
    if (result) verdicts.purpose = std::move(*result);
  }
  if (options.envelope) {
    auto result = change::judge_envelopes(before, after, difference);
    verdicts.undecided = verdicts.undecided || !result;
    if (result) verdicts.envelopes = std::move(*result);
  }
  return verdicts;
}

ExitCode report_undecided(const Console& console) {
  diagnostics::Diagnostics faults;
  faults.build(kind::change_undecided, {}).help("compare a part of the policy, or report it").emit();
  console.print(std::move(faults), source::Sources(), "diff");
  return ExitCode::unproved;
}

// The words of the file are those of either side, and so are the messages.
ExitCode report_purpose(const Console& console, Comparison& comparison) {
  for (Compilation* side : {&comparison.before, &comparison.after}) {
    if (!side->diagnostics.has_errors()) continue;
    console.print(std::move(side->diagnostics), side->project.sources, "diff");
    if (console.format() == Format::json) break;  // one document
  }
  return ExitCode::usage;
}

ExitCode run_diff(const Console& console, const Session& session, const DiffOptions& options) {
  ComparisonOptions sides;
  diagnostics::Diagnostics faults;
  if (!read_projects(options, sides, faults)) return fail(console, faults, "diff");
  Comparison comparison;
  load_comparison(comparison, sides);
  if (!comparison.loaded()) return report_unloaded(console, comparison);
  change::Purpose purpose;
  if (!options.intent.empty()) {
    auto read = read_purpose(comparison, options.intent);
    if (!read) return report_purpose(console, comparison);
    purpose = std::move(*read);
  }
  const change::Intent before(*comparison.before.policy), after(*comparison.after.policy);
  const auto difference = change::compare(before, after);
  if (!difference) return report_undecided(console);
  const Verdicts verdicts = judge_change(options, before, after, purpose, *difference);
  if (verdicts.undecided) return report_undecided(console);
  report::ChangeReport report;
  report.before = comparison.before_side();
  report.after = comparison.after_side();
  report.difference = &*difference;
  if (verdicts.purpose) report.purpose = &*verdicts.purpose;
  if (verdicts.envelopes) report.envelopes = &*verdicts.envelopes;
  PipelineOptions pipeline;
  pipeline.jobs = session.globals.jobs;
  for (const plan::Pass& pass : plan::passes()) pipeline.passes.push_back(&pass);
  compare_devices(comparison, pipeline, report);
  Console::result(console.format() == Format::json ? report::difference_json(report, version)
                                                   : report::difference_text(report));
  return verdicts.fails() ? ExitCode::findings : exit_code(options, difference->verdict());
}

}  // namespace

void add_diff(CLI::App& app, Session& session) {
  CLI::App* command =
      add_command(app, "diff", "Say what a change of policy opens and closes, exactly",
                  "  cordon diff --against main                 the working tree beside a branch\n"
                  "  cordon diff --against HEAD~1 sites/east    one project of several\n"
                  "  cordon diff before/ after/                 two folders\n"
                  "  cordon diff --against origin/main --forbid more-permissive\n"
                  "  cordon diff --against main --intent changes/CHG-1234.yaml\n"
                  "  cordon diff --against main --envelope");
  auto options = std::make_shared<DiffOptions>();
  command->add_option("projects", options->projects, "Two projects, or one with --against")
      ->type_name("PROJECT")
      ->expected(0, 2);
  command
      ->add_option("--against", options->against,
                   "A branch, tag or commit to compare with; `first-parent` for what a merge changed")
      ->type_name("REF");
  command->add_flag("--exit-code", options->exit_code, "End with 2 when anything differs");
  command->add_option("--forbid", options->forbid, "End with 1 when the change is of this kind")
      ->check(CLI::IsMember({"more-permissive", "less-permissive", "any"}))
      ->type_name("more-permissive|less-permissive|any");
  command
      ->add_option(
          "--intent", options->intent,
          "A file with `opens:` and `closes:`; end with 1 unless the change does that and nothing else")
      ->type_name("FILE");
  command->add_flag("--envelope", options->envelope,
                    "End with 1 when something opens that no envelope of the policy before approves");
  command->callback([&session, options] {
    session.action = [&session, options](const Console& console) {
      return run_diff(console, session, *options);
    };
  });
}

}  // namespace cordon::cli
