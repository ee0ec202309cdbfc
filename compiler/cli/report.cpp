// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Reports for people who do not read policies: the evidence that an auditor asks for.
#include <algorithm>
#include <cctype>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/base/spelling.h"
#include "compiler/check/assertion_results.h"
#include "compiler/cli/checking.h"
#include "compiler/cli/commands.h"
#include "compiler/cli/pipeline.h"
#include "compiler/cli/version.h"
#include "compiler/diagnostics/kinds/cli.h"
#include "compiler/report/evidence.h"

namespace cordon::cli {
namespace {

struct ReportOptions {
  PipelineOptions pipeline;
  CheckOptions check;
  std::vector<std::string> frameworks;
  bool no_waivers = false;
  bool timings = false;
  std::string format = "text";
};

// `csf2` is part of `csf-2.0` when only letters and digits count.
std::string letters_of(std::string_view text) {
  std::string letters;
  for (const char each : text) {
    const auto letter = static_cast<unsigned char>(each);
    if (std::isalnum(letter) != 0) letters += static_cast<char>(std::tolower(letter));
  }
  return letters;
}

void report_no_catalogue(const ir::Standards& standards, const std::string& framework,
                         diagnostics::Diagnostics& diagnostics) {
  NearestName nearest(framework);
  std::string names;
  for (const ir::Catalogue& each : standards.catalogues) {
    nearest.consider(each.id);
    names += fmt::format("{}`{}`", names.empty() ? "" : ", ", each.id);
  }
  auto builder =
      diagnostics.build(diagnostics::kind::usage, {}, fmt::format("no catalogue is called `{}`", framework));
  if (!nearest.result().empty()) builder.help("did you mean `{}`?", nearest.result());
  builder.help("the catalogues are {}; a part of a name stands for all that hold it", names).emit();
}

// Every catalogue when none is named.
std::vector<std::uint32_t> chosen_catalogues(const ir::Standards& standards,
                                             const std::vector<std::string>& frameworks,
                                             diagnostics::Diagnostics& diagnostics) {
  std::vector<bool> chosen(standards.catalogues.size(), frameworks.empty());
  for (const std::string& framework : frameworks) {
    const std::string wanted = letters_of(framework);
    bool found = false;
    for (std::size_t index = 0; index < chosen.size(); ++index) {
      if (wanted.empty() || letters_of(standards.catalogues[index].id).find(wanted) == std::string::npos)
        continue;
      chosen[index] = found = true;
    }
    if (!found) report_no_catalogue(standards, framework, diagnostics);
  }
  std::vector<std::uint32_t> positions;
  for (std::size_t index = 0; index < chosen.size(); ++index) {
    if (chosen[index]) positions.push_back(static_cast<std::uint32_t>(index));
  }
  return positions;
}

std::string written(const report::Evidence& evidence, const std::string& format) {
  if (format == "json") return report::evidence_json(evidence);
  return format == "markdown" ? report::evidence_markdown(evidence) : report::evidence_text(evidence);
}

// A policy that is not sound, or not enforced by its devices, has no evidence to show.
ExitCode run_evidence(const Console& console, ReportOptions options) {
  diagnostics::Diagnostics faults;
  const CheckRequest request = read_check_options(options.check, faults);
  if (faults.has_errors()) return fail(console, faults, "report");
  Compilation compilation;
  load(compilation, options.pipeline);
  plan_devices(compilation, options.pipeline);
  const report::Run run = check_policy(compilation, request).run;
  std::vector<std::uint32_t> catalogues;
  if (compilation.standards)
    catalogues = chosen_catalogues(*compilation.standards, options.frameworks, compilation.diagnostics);
  if (compilation.diagnostics.has_errors()) {
    console.print(std::move(compilation.diagnostics), compilation.project.sources, "report");
    return compilation.exit_code == ExitCode::success ? ExitCode::usage : compilation.exit_code;
  }
  const check::Context context(inputs_of(compilation, request.as_of));
  const auto assertions = check::assertion_results(context);
  check::Selection selection = request.selection;
  selection.profile = *request.profile;
  const report::Evidence evidence = report::gather_evidence({.version = version,
                                                             .policy = *compilation.policy,
                                                             .standards = *compilation.standards,
                                                             .sources = compilation.project.sources,
                                                             .findings = run.findings,
                                                             .assertions = assertions,
                                                             .selection = std::move(selection),
                                                             .as_of = request.as_of,
                                                             .waivers = !options.no_waivers,
                                                             .catalogues = std::move(catalogues)});
  Console::result(written(evidence, options.format));
  if (options.timings) console.note(compilation.timings.table());
  return ExitCode::success;
}

void add_evidence(CLI::App& report, Session& session) {
  CLI::App* command = add_command(
      report, "evidence", "Control by control: what is claimed, what shows it, and whether it holds",
      "  cordon report evidence sites/st-elsewhere\n"
      "  cordon report evidence --framework hipaa,csf-2.0,62443 --as-of 2026-11-01\n"
      "  cordon report evidence --no-waivers --format markdown > evidence.md");
  auto options = std::make_shared<ReportOptions>();
  options->check.profile = check::to_string(check::CheckProfile::auditor);  // evidence leaves no check out
  command->add_option("project", options->pipeline.project, "Folder with a cordon.yaml, or one file")
      ->type_name("PROJECT");
  command
      ->add_option(
          "--framework", options->frameworks,
          "Only these catalogues: csf-1.1, csf-2.0, hipaa, sp-800-53, iec-62443-3-3, …; by default all")
      ->type_name("NAME")
      ->delimiter(',');
  command
      ->add_option("--as-of", options->check.as_of, "The day that dates are compared with; by default today")
      ->type_name("YYYY-MM-DD");
  command->add_flag("--no-waivers", options->no_waivers, "What is waived counts as open");
  command->add_option("--format", options->format, "How the report is written")
      ->check(CLI::IsMember({"text", "json", "markdown"}))
      ->type_name("text|json|markdown");
  command->callback([&session, options] {
    if (options->format == "json") session.globals.format = "json";
    session.action = [&session, options](const Console& console) {
      options->pipeline.jobs = session.globals.jobs;
      options->timings = session.globals.timings;
      return run_evidence(console, *options);
    };
  });
}

}  // namespace

void add_report(CLI::App& app, Session& session) {
  CLI::App* command = add_command(app, "report", "What others ask to see of a policy",
                                  "  cordon report evidence --framework hipaa --as-of 2026-11-01");
  command->require_subcommand(1);
  add_evidence(*command, session);
}

}  // namespace cordon::cli
