// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Everything that a pipeline asks about a change, in one process with one exit code: the project is read
// once, and every report is written, or none.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/check/fingerprint.h"
#include "compiler/cli/ci_steps.h"
#include "compiler/cli/commands.h"
#include "compiler/cli/outputs.h"
#include "compiler/cli/records.h"
#include "compiler/cli/version.h"
#include "compiler/diagnostics/kinds/cli.h"

namespace cordon::cli {
namespace {

namespace kind = diagnostics::kind;

KnownFormats known_formats() {
  KnownFormats known;
  for (const report::CiFormat& format : report::ci_formats()) known.push_back(&format);
  return known;
}

OutputTexts texts_of(const report::CiRun& run, const std::vector<Output>& outputs) {
  OutputTexts texts{{}, [&run] { return report::ci_markdown(run); }};
  for (const Output& output : outputs) {
    const auto format = std::ranges::find(report::ci_formats(), output.format->name, &report::CiFormat::name);
    texts.texts.push_back(format->write(run));
  }
  return texts;
}

// The folder of the devices takes its place only after a run that passes, and together with the reports.
std::optional<std::string> publish(CiSteps& steps, const CiOptions& options) {
  if (steps.directory() == nullptr || steps.exit_code() != ExitCode::success) return std::nullopt;
  write_records(steps.compilation(), {}, options.pipeline.passes, *steps.directory());
  return steps.directory()->publish();
}

void write(CiSteps& steps, const CiOptions& options, const std::vector<Output>& outputs) {
  report::CiRun& run = steps.run();
  const bool publishes = steps.directory() != nullptr && steps.exit_code() == ExitCode::success;
  if (publishes) run.output = options.output;
  const auto refusal =
      write_outputs(outputs, texts_of(run, outputs), [&] { return publish(steps, options); });
  if (!refusal) return;
  run.output.clear();
  diagnostics::Diagnostics fault;
  fault.build(kind::output_refused, {}, *refusal).help("name another path; nothing was written").emit();
  run.check.findings.emplace_back().diagnostic = fault.all().front();
  check::add_fingerprints(run.check.findings, run.check.policy);
  steps.worsen(ExitCode::usage);
}

void print(const Console& console, const report::CiRun& run, const std::vector<Output>& outputs) {
  if (console.format() == Format::json) return Console::result(report::ci_json(run));
  const bool taken = std::ranges::any_of(outputs, &Output::to_standard_output);
  const diagnostics::Diagnostics open = check::open_diagnostics(run.check.findings);
  std::string text = run.change == nullptr ? "" : report::difference_text(*run.change) + "\n";
  text += report::ci_text(run);
  if (!open.all().empty()) {
    console.print_text(open, *run.check.sources, taken ? Stream::error : Stream::output);
    text = "\n" + text;
  }
  if (taken) {
    console.note(text);
  } else {
    Console::result(text);
  }
}

std::vector<Output> read_options(const CiOptions& options, const Console& console,
                                 diagnostics::Diagnostics& faults) {
  std::vector<Output> outputs = read_outputs(options.check.outputs, known_formats(), faults);
  if (console.format() == Format::json && std::ranges::any_of(outputs, &Output::to_standard_output)) {
    faults.build(kind::usage, {}, "two outputs go to standard output")
        .help("`--format json` writes there already; leave it out or give the other a file")
        .emit();
  }
  if ((!options.forbid.empty() || options.envelope) && options.against.empty()) {
    faults
        .build(kind::usage, {},
               fmt::format("`{}` without a revision to compare with",
                           options.envelope ? "--envelope" : "--forbid"))
        .help("add `--against origin/main`, for example")
        .emit();
  }
  return outputs;
}

ExitCode run_ci(const Console& console, const Session& session, CiOptions& options) {
  diagnostics::Diagnostics faults;
  const CheckRequest request = read_check_options(options.check, faults);
  const std::vector<Output> outputs = read_options(options, console, faults);
  if (faults.has_errors()) return fail(console, faults, "ci");
  options.pipeline.jobs = session.globals.jobs;
  for (const plan::Pass& pass : plan::passes()) options.pipeline.passes.push_back(&pass);
  CiSteps steps(options, request);
  steps.make();
  write(steps, options, outputs);
  print(console, steps.run(), outputs);
  if (session.globals.timings) console.note(steps.compilation().timings.table());
  return steps.exit_code();
}

}  // namespace

void add_ci(CLI::App& app, Session& session) {
  CLI::App* command = add_command(
      app, "ci", "Everything a pipeline asks of a change: form, checks, tests, difference, proof",
      "  cordon ci\n"
      "  cordon ci --against origin/main --output github=- --output sarif=cordon.sarif\n"
      "  cordon ci --against origin/main --output gitlab=quality.json --output junit=cordon.xml\n"
      "  cordon ci --against origin/main --output markdown=comment.md --forbid more-permissive\n"
      "  cordon ci -o build                          also write the configurations, if all is well");
  auto options = std::make_shared<CiOptions>();
  command->add_option("project", options->pipeline.project, "Folder with a cordon.yaml, or one file")
      ->type_name("PROJECT");
  command
      ->add_option("--against", options->against,
                   "A branch, tag or commit to compare with; `first-parent` for what a merge changed")
      ->check([](const std::string& text) { return text.empty() ? "--against names no revision" : ""; })
      ->type_name("REF");
  command->add_option("--forbid", options->forbid, "A change of this kind is an error")
      ->check(CLI::IsMember({"more-permissive", "less-permissive", "any"}))
      ->type_name("more-permissive|less-permissive|any");
  command->add_flag("--envelope", options->envelope,
                    "What opens and no envelope of the policy before approves is an error");
  command
      ->add_option("--output", options->check.outputs,
                   "Also write the run to a file, `-` for standard output; may be repeated. Formats: " +
                       format_names(known_formats()))
      ->type_name("FORMAT=PATH")
      ->expected(1)
      ->take_all();
  command->add_option("-o", options->output, "Folder for the configurations; appears when the run passes")
      ->type_name("DIR");
  add_selection_options(*command, options->check);
  command->callback([&session, options] {
    session.action = [&session, options](const Console& console) {
      return run_ci(console, session, *options);
    };
  });
}

}  // namespace cordon::cli
