// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/why.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/change/running.h"
#include "compiler/change/running_permits.h"
#include "compiler/change/running_query.h"
#include "compiler/cli/commands.h"
#include "compiler/cli/device_texts.h"
#include "compiler/cli/expression.h"
#include "compiler/cli/pipeline.h"
#include "compiler/cli/running_files.h"
#include "compiler/cli/version.h"
#include "compiler/diagnostics/kinds/cli.h"
#include "compiler/report/why.h"

namespace cordon::cli {
namespace {

namespace kind = diagnostics::kind;

struct WhyOptions {
  std::string expression, expect;
  std::vector<std::string> running;  // files and folders of running configurations
  PipelineOptions pipeline;
  change::WaysLimit limit;
};

ExitCode tell_faults(const Console& console, Compilation& compilation) {
  console.print(std::move(compilation.diagnostics), compilation.project.sources, "why");
  return ExitCode::usage;
}

ExitCode undecided(const Console& console) {
  diagnostics::Diagnostics faults;
  faults.build(kind::change_undecided, {}).help("ask about fewer hosts or services, or report it").emit();
  console.print(std::move(faults), source::Sources(), "why");
  return ExitCode::unproved;
}

// What filters were read of: texts that would be written, or that run.
struct Filters {
  std::optional<DeviceTexts> planned;
  change::Running running;
  std::vector<prove::ReadDevice> readings;
};

report::DeviceLine running_line(const source::Sources& sources, source::Range range) {
  report::DeviceLine line;
  if (!range.valid()) return line;
  line.file = sources.path(range.file);
  line.line = sources.start(range).line;
  line.text = report::without_indent(sources.line(range.file, line.line));
  return line;
}

// False when something is wrong, which stands in the diagnostics.
bool read_filters(Compilation& compilation, const WhyOptions& options, Filters& filters,
                  report::WhyReport& report) {
  if (options.running.empty()) {
    plan_devices(compilation, options.pipeline);
    if (!compilation.plan) {
      report.ways_unknown = "the policy cannot be planned; `cordon check` says why";
      return true;
    }
    filters.planned.emplace(read_back(compilation, options.pipeline));
    filters.readings.assign(filters.planned->readings().begin(), filters.planned->readings().end());
    report.line = [&](ir::DeviceId device, source::Range range) {
      return filters.planned->line(device, range);
    };
    return true;
  }
  filters.running = read_running(compilation, options.running);
  if (compilation.diagnostics.has_errors()) return false;
  for (const change::RunningDevice& device : filters.running.devices)
    filters.readings.push_back({device.device(), &device.reading(), &device.capabilities()});
  report.running = options.running.front();
  report.line = [&](ir::DeviceId, source::Range range) {
    return running_line(compilation.project.sources, range);
  };
  return true;
}

ExitCode exit_code(const WhyOptions& options, const report::WhyReport& report) {
  std::string_view answer = change::to_string(report.why->answer);
  if (report.of_running()) {
    const change::Passage found = change::answer_of(report.ways->outcome);
    if (found == change::Passage::unknown || !report.blind.empty()) return ExitCode::incomplete;
    answer = change::to_string(found);
  }
  return options.expect.empty() || options.expect == answer ? ExitCode::success : ExitCode::findings;
}

ExitCode answer(const Console& console, Compilation& compilation, const WhyOptions& options,
                const ir::FlowSet& question) {
  const change::Intent intent(*compilation.policy);
  const auto why = change::explain(intent, question);
  if (!why) return undecided(console);
  if (!*why) {
    compilation.diagnostics.build(kind::asks_nothing, {}, question.text)
        .help("both ends need addresses of one family, and a service that occurs in it")
        .emit();
    return tell_faults(console, compilation);
  }
  report::WhyReport report;
  report.policy = &*compilation.policy;
  report.sources = &compilation.project.sources;
  report.question = &question;
  report.why = &**why;
  Filters filters;
  if (!read_filters(compilation, options, filters, report)) return tell_faults(console, compilation);
  std::optional<change::WaysAnswer> ways;
  if (report.ways_unknown.empty()) {
    auto found = change::find_ways(intent, question, filters.readings, options.limit);
    if (!found) return undecided(console);
    ways = std::move(*found);
    report.ways = &*ways;
  }
  std::vector<change::Blind> blind;
  if (report.of_running()) {
    change::RunningPermits running(intent, filters.readings);
    auto found = change::running_outcome(running, question);
    if (!found) return undecided(console);
    ways->outcome = std::move(found->fate);
    blind = std::move(found->blind);
    report.blind = blind;
  }
  std::vector<change::RemovableLine> removable;
  if (report.of_running() && report.why->answer == change::Answer::denied) {
    auto lines = change::lines_to_remove(intent, question, filters.readings);
    if (!lines) return undecided(console);
    removable = std::move(*lines);
    report.removable = removable;
  }
  Console::result(console.format() == Format::json ? report::why_json(report, version)
                                                   : report::why_text(report));
  return exit_code(options, report);
}

ExitCode run_why(const Console& console, WhyOptions& options) {
  Compilation compilation;
  load(compilation, options.pipeline);
  if (!compilation.policy) return tell_faults(console, compilation);
  compilation.diagnostics = {};
  const auto question = read_flow(compilation, options.expression);
  if (!question) return tell_faults(console, compilation);
  for (const plan::Pass& pass : plan::passes()) options.pipeline.passes.push_back(&pass);
  return answer(console, compilation, options, *question);
}

}  // namespace

void add_why(CLI::App& app, Session& session) {
  CLI::App* command = add_command(
      app, "why", "Why something is allowed or denied, by which lines, and what would change it",
      "  cordon why 'pumps -> gateway tcp/8443'\n"
      "  cordon why 'guest -> type:medical-device' sites/st-elsewhere\n"
      "  cordon why '10.20.0.17 -> internet https' --expect denied\n"
      "  cordon why 'guest -> pumps' --config running/      what the devices do today\n"
      "Sets of both ends are expressions, as `cordon resolve` shows them. Lines of devices are\n"
      "those that `cordon compile` writes. Hops are routed devices; switches between are not shown.");
  auto options = std::make_shared<WhyOptions>();
  command->add_option("flow", options->expression, "Who, whom, and how; without a service every service")
      ->required()
      ->type_name("'FROM -> TO [SERVICES]'");
  command->add_option("project", options->pipeline.project, "Folder with a cordon.yaml, or one file")
      ->type_name("PROJECT");
  command
      ->add_option("--config", options->running,
                   "Ask running configurations: a folder of them, or a file; may be repeated. The policy is "
                   "told beside it")
      ->type_name("PATH")
      ->allow_extra_args(false)
      ->take_all();
  command->add_option("--expect", options->expect, "End with 1 unless this is the answer")
      ->check(CLI::IsMember({"allowed", "denied", "partly"}))
      ->type_name("allowed|denied|partly");
  command->add_option("--ways", options->limit.ways, "Show at most so many ways of each pair of networks")
      ->check(CLI::Range(1, 64))
      ->type_name("N");
  command->callback([&session, options] {
    session.action = [&session, options](const Console& console) {
      options->pipeline.jobs = session.globals.jobs;
      return run_why(console, *options);
    };
  });
}

}  // namespace cordon::cli
