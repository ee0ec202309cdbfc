// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/cli/checking.h"
#include "compiler/cli/commands.h"
#include "compiler/cli/pipeline.h"

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

ExitCode run_check(const Console& console, const Session& session, PipelineOptions pipeline,
                   const CheckOptions& options) {
  pipeline.jobs = session.globals.jobs;
  diagnostics::Diagnostics faults;
  const CheckRequest request = read_check_options(options, faults);
  if (faults.has_errors()) return fail(console, faults, "check");
  Compilation compilation;
  load(compilation, pipeline);
  plan_devices(compilation, pipeline);
  const std::vector<check::Finding> findings = gather_findings(compilation, request);
  console.print(check::open_diagnostics(findings), compilation.project.sources, "check");
  if (session.globals.timings) console.note(compilation.timings.table());
  if (compilation.exit_code == ExitCode::usage) return ExitCode::usage;
  if (fails(findings, options.fail_on)) return ExitCode::findings;
  if (!check::has_errors(findings) && console.format() == Format::text)
    console.note(summary(*compilation.policy));
  return ExitCode::success;
}

void add_check_options(CLI::App& command, CheckOptions& options) {
  command.add_option("--profile", options.profile, "Which checks are made; by default what the project says")
      ->check(CLI::IsMember({"basic", "hospital", "auditor"}))
      ->type_name("basic|hospital|auditor");
  command.add_option("--only", options.only, "Make only these checks, whatever the profile")
      ->type_name("CODE")
      ->delimiter(',');
  command.add_option("--skip", options.skip, "Leave these checks out")->type_name("CODE")->delimiter(',');
  command.add_option("--fail-on", options.fail_on, "The least severity that ends with exit code 1")
      ->check(CLI::IsMember({"error", "warning", "note", "never"}))
      ->type_name("error|warning|note|never");
  command.add_option("--as-of", options.as_of, "The day that dates are compared with; by default today")
      ->type_name("YYYY-MM-DD");
}

}  // namespace

void add_check(CLI::App& app, Session& session) {
  CLI::App* command =
      add_command(app, "check", "Read a policy, reason over it, plan it for every device, say what is wrong",
                  "  cordon check\n"
                  "  cordon check sites/st-elsewhere --profile hospital\n"
                  "  cordon check --only CD4601 --as-of 2027-01-31\n"
                  "  cordon check policy.yaml --format json");
  auto pipeline = std::make_shared<PipelineOptions>();
  auto options = std::make_shared<CheckOptions>();
  command->add_option("project", pipeline->project, "Folder with a cordon.yaml, or one file")
      ->type_name("PROJECT");
  add_check_options(*command, *options);
  command->callback([&session, pipeline, options] {
    session.action = [&session, pipeline, options](const Console& console) {
      return run_check(console, session, *pipeline, *options);
    };
  });
}

}  // namespace cordon::cli
