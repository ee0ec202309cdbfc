// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "compiler/check/fingerprint.h"
#include "compiler/cli/baseline_file.h"
#include "compiler/cli/checking.h"
#include "compiler/cli/commands.h"
#include "compiler/cli/outputs.h"
#include "compiler/cli/pipeline.h"
#include "compiler/cli/version.h"
#include "compiler/diagnostics/kinds/cli.h"
#include "compiler/report/check_list.h"
#include "compiler/report/formats.h"
#include "compiler/report/overview.h"

namespace cordon::cli {
namespace {

std::string summary(const ir::Policy& policy) {
  std::size_t flows = 0;
  for (const ir::Conduit& conduit : policy.conduits) flows += conduit.flows.size();
  return fmt::format("{}, {}, {}, {} with {}, {}: sound\n", counted(policy.zones.size(), "zone"),
                     counted(policy.networks.size(), "network"), counted(policy.hosts.size(), "host"),
                     counted(policy.conduits.size(), "conduit"), counted(flows, "flow"),
                     counted(policy.devices.size(), "device"));
}

struct CheckCommand {
  PipelineOptions pipeline;
  CheckOptions options;
  std::string list;  // how the checks themselves are listed; empty: a policy is checked
};

// JSON is the whole run; text is what is open, out of the way of an output that goes to standard output.
void print(const Console& console, const report::Run& run, const std::vector<Output>& outputs) {
  if (console.format() == Format::json) {
    Console::result(report::write_json(run));
    return;
  }
  const bool taken = std::ranges::any_of(outputs, &Output::to_standard_output);
  console.print_text(check::open_diagnostics(run.findings), *run.sources,
                     taken ? Stream::error : Stream::output, report::overview(run.findings));
}

// A fault of the command line takes the same form as the faults of a policy.
ExitCode refuse(const Console& console, const diagnostics::Diagnostics& faults, const CheckRequest& request) {
  const source::Sources no_sources;
  report::Run run;
  run.version = version;
  run.as_of = request.as_of;
  run.sources = &no_sources;
  for (const diagnostics::Diagnostic& fault : faults.all()) run.findings.emplace_back().diagnostic = fault;
  check::add_fingerprints(run.findings, nullptr);
  print(console, run, {});
  return ExitCode::usage;
}

// What could not be written is one more finding of the run, which then ends as a wrong usage.
bool written(report::Run& run, const std::optional<std::string>& refusal, std::string_view help) {
  if (!refusal) return true;
  diagnostics::Diagnostics fault;
  fault.build(diagnostics::kind::output_refused, {}, *refusal).help("{}", help).emit();
  run.findings.emplace_back().diagnostic = fault.all().front();
  return false;
}

bool write(CheckOutcome& outcome, const std::string& baseline, const std::vector<Output>& outputs) {
  if (outcome.drawn && !written(outcome.run, write_baseline(baseline, *outcome.drawn),
                                "name another path for `--write-baseline`; nothing was written"))
    return false;
  return written(outcome.run, write_outputs(outcome.run, outputs),
                 "name another path for `--output`; nothing was written");
}

void print_summary(const Console& console, const report::Run& run) {
  if (console.format() != Format::text) return;
  const std::string accepted = accepted_text(run);
  if (!accepted.empty()) console.note(accepted + '\n');
}

ExitCode run_check(const Console& console, const Session& session, CheckCommand& command) {
  command.pipeline.jobs = session.globals.jobs;
  diagnostics::Diagnostics faults;
  const CheckRequest request = read_check_options(command.options, faults);
  const std::vector<Output> outputs = read_outputs(command.options.outputs, check_formats(), faults);
  if (console.format() == Format::json && std::ranges::any_of(outputs, &Output::to_standard_output)) {
    faults.build(diagnostics::kind::usage, {}, "two outputs go to standard output")
        .help("`--format json` writes there already; leave it out or give the other a file")
        .emit();
  }
  if (faults.has_errors()) return refuse(console, faults, request);
  Compilation compilation;
  load(compilation, command.pipeline);
  plan_devices(compilation, command.pipeline);
  CheckOutcome outcome = check_policy(compilation, request);
  const report::Run& run = outcome.run;
  const bool complete = write(outcome, command.options.write_baseline, outputs);
  print(console, run, outputs);
  print_summary(console, run);
  if (session.globals.timings) console.note(compilation.timings.table());
  if (!complete || compilation.exit_code == ExitCode::usage) return ExitCode::usage;
  if (report::fails(run)) return ExitCode::findings;
  if (!check::has_errors(run.findings) && console.format() == Format::text)
    console.note(summary(*compilation.policy));
  return ExitCode::success;
}

ExitCode list_checks(const Console& console, const std::string& form) {
  source::Sources sources;
  diagnostics::Diagnostics faults;
  const auto standards = read_standards(sources, faults);
  if (!standards) {
    console.print(std::move(faults), sources, "check");
    return ExitCode::usage;
  }
  if (form == "markdown") {
    Console::result(report::check_list_markdown(*standards));
  } else if (form == "json" || console.format() == Format::json) {
    Console::result(report::check_list_json(version, *standards));
  } else {
    Console::result(report::check_list_text());
  }
  return ExitCode::success;
}

void add_check_options(CLI::App& app, CheckCommand& command) {
  CheckOptions& options = command.options;
  add_selection_options(app, options);
  app.add_option("--write-baseline", options.write_baseline,
                 "Write what is open to a file; with `--baseline`, what of that still occurs")
      ->type_name("FILE");
  app.add_option("--output", options.outputs,
                 "Also write the run to a file, `-` for standard output; may be repeated. Formats: " +
                     format_names(check_formats()))
      ->type_name("FORMAT=PATH")
      ->expected(1)
      ->take_all();
  app.add_flag("--list{text}", command.list,
               "List every check instead: `--list`, `--list=json`, `--list=markdown`")
      ->check(CLI::IsMember({"text", "json", "markdown"}));
}

}  // namespace

void add_check(CLI::App& app, Session& session) {
  CLI::App* command =
      add_command(app, "check", "Read a policy, reason over it, plan it for every device, say what is wrong",
                  "  cordon check\n"
                  "  cordon check sites/st-elsewhere --profile hospital\n"
                  "  cordon check --only CD4601 --as-of 2027-01-31\n"
                  "  cordon check policy.yaml --format json\n"
                  "  cordon check --output sarif=cordon.sarif --output junit=cordon.xml\n"
                  "  cordon check --list");
  auto options = std::make_shared<CheckCommand>();
  command->add_option("project", options->pipeline.project, "Folder with a cordon.yaml, or one file")
      ->type_name("PROJECT");
  add_check_options(*command, *options);
  command->callback([&session, options] {
    session.action = [&session, options](const Console& console) {
      return options->list.empty() ? run_check(console, session, *options)
                                   : list_checks(console, options->list);
    };
  });
}

}  // namespace cordon::cli
