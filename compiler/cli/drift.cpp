// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/drift.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <oneapi/tbb/parallel_for.h>

#include "compiler/cli/commands.h"
#include "compiler/cli/pipeline.h"
#include "compiler/cli/running_files.h"
#include "compiler/cli/version.h"
#include "compiler/diagnostics/kinds/drift.h"
#include "compiler/report/drift.h"

namespace cordon::cli {
namespace {

namespace kind = diagnostics::kind;

struct DriftOptions {
  std::vector<std::string> running;
  PipelineOptions pipeline;
  bool require_all = false;
};

// Plans are as many as configured devices, in declared order.
const config::Device& plan_of(const Compilation& compilation, ir::DeviceId device) {
  std::size_t index = 0;
  for (const ir::DeviceId id : compilation.policy->devices.ids()) {
    if (id == device) break;
    index += compilation.policy->devices[id].configured() ? 1U : 0U;
  }
  return compilation.plan->devices[index];
}

std::vector<change::DeviceDrift> compare_devices(const Compilation& compilation,
                                                 const change::Running& running) {
  std::vector<change::DeviceDrift> drifts(running.devices.size());
  tbb::parallel_for(std::size_t{0}, drifts.size(), [&](std::size_t i) {
    const change::RunningDevice& device = running.devices[i];
    drifts[i] = change::find_drift(*compilation.policy, plan_of(compilation, device.device()), device);
  });
  return drifts;
}

// The worst wins.
ExitCode exit_code(const report::DriftReport& report, bool require_all) {
  const report::DriftCounts counts = report::count(report);
  if (counts.undecided > 0) return ExitCode::unproved;
  if (counts.incomplete > 0 || (require_all && !report.running->not_given.empty()))
    return ExitCode::incomplete;
  return counts.drifted > 0 ? ExitCode::difference : ExitCode::success;
}

ExitCode run_drift(const Console& console, const DriftOptions& options) {
  Compilation compilation;
  load(compilation, options.pipeline);
  plan_devices(compilation, options.pipeline);
  change::Running running;
  if (compilation.plan) {
    running = read_running(compilation, options.running);
    if (compilation.diagnostics.has_errors()) compilation.exit_code = ExitCode::usage;
  }
  if (!compilation.plan || compilation.diagnostics.has_errors()) {
    console.print(std::move(compilation.diagnostics), compilation.project.sources, "drift");
    return compilation.exit_code;
  }
  report::DriftReport report;
  report.policy = &*compilation.policy;
  report.sources = &compilation.project.sources;
  report.running = &running;
  report.devices = compare_devices(compilation, running);
  diagnostics::Diagnostics faults;
  for (const diagnostics::Diagnostic& found : compilation.diagnostics.all()) {
    if (found.kind == kind::other_device.id) faults.add(found);  // the policy's own are for `check`
  }
  for (const change::DeviceDrift& drift : report.devices) {
    if (drift.undecided)
      faults.build(kind::drift_undecided, {}, report.policy->devices[drift.device].name).emit();
  }
  if (!faults.all().empty()) console.print_text(faults, *report.sources, Stream::error);
  Console::result(console.format() == Format::json ? report::drift_json(report, version)
                                                   : report::drift_text(report));
  return exit_code(report, options.require_all);
}

}  // namespace

void add_drift(CLI::App& app, Session& session) {
  CLI::App* command = add_command(
      app, "drift", "Say where running configurations differ from the policy, by meaning",
      "  cordon drift running/                      a folder of configurations, `core-1.cfg` and so on\n"
      "  cordon drift core-1.cfg --policy my-site   one device\n"
      "  cordon drift running/ --require-all        every device has to be there\n"
      "  cordon drift running/ --format json        all of every difference");
  auto options = std::make_shared<DriftOptions>();
  command
      ->add_option("running", options->running,
                   "Running configurations: files named as their devices are, or folders of such")
      ->required()
      ->type_name("RUNNING");
  command->add_option("--policy", options->pipeline.project, "Folder with a cordon.yaml, or one file")
      ->type_name("PROJECT");
  command->add_flag("--require-all", options->require_all,
                    "End with 4 when a device of the policy has no file");
  command->callback([&session, options] {
    session.action = [&session, options](const Console& console) {
      options->pipeline.jobs = session.globals.jobs;
      return run_drift(console, *options);
    };
  });
}

}  // namespace cordon::cli
