// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/change/running_query.h"
#include "compiler/cli/commands.h"
#include "compiler/cli/pipeline.h"
#include "compiler/cli/running_query.h"
#include "compiler/cli/version.h"
#include "compiler/cli/write_text.h"
#include "compiler/diagnostics/kinds/cli.h"
#include "compiler/report/test_results.h"

namespace cordon::cli {
namespace {

namespace kind = diagnostics::kind;

struct TestOptions {
  std::string project;
  std::vector<std::string> filters;
  bool all = false, coverage = false;
  std::size_t mutants = 0;
  std::string junit;
  std::vector<std::string> running;  // files and folders of running configurations; none: the policy is asked
};

// A word of the name, a tag, or a zone at one of the ends.
bool matches(const ir::Policy& policy, const change::TestResult& result, const std::string& filter) {
  if (result.name.find(filter) != std::string::npos) return true;
  if (std::ranges::find(result.test->tags, filter) != result.test->tags.end()) return true;
  const auto in_zone = [&](ir::EndpointId id) {
    return std::ranges::any_of(policy.endpoints[id].pieces, [&](const ir::Piece& piece) {
      const ir::ZoneId zone = policy.networks[piece.network].zone;
      return zone.valid() && policy.zones[zone].name == filter;
    });
  };
  return std::ranges::any_of(result.test->traffic.from, in_zone) ||
         std::ranges::any_of(result.test->traffic.to, in_zone);
}

std::vector<change::TestResult> chosen(const ir::Policy& policy, std::vector<change::TestResult> results,
                                       const std::vector<std::string>& filters) {
  if (filters.empty()) return results;
  std::erase_if(results, [&](const change::TestResult& result) {
    return std::ranges::none_of(filters,
                                [&](const std::string& filter) { return matches(policy, result, filter); });
  });
  return results;
}

ExitCode undecided(const Console& console) {
  diagnostics::Diagnostics faults;
  faults.build(kind::change_undecided, {}).help("ask about a part of the policy, or report it").emit();
  console.print(std::move(faults), source::Sources(), "test");
  return ExitCode::unproved;
}

ExitCode refuse(const Console& console, const std::string& message, const std::string& help) {
  diagnostics::Diagnostics faults;
  faults.build(kind::usage, {}, message).help("{}", help).emit();
  return fail(console, faults, "test");
}

// Nothing when the answers exceed their budget.
bool measure(const change::Intent& intent, const TestOptions& options, report::TestReport& report) {
  if (options.coverage) {
    auto coverage = change::measure_coverage(intent);
    if (!coverage) return false;
    report.coverage = std::move(*coverage);
  }
  if (options.mutants > 0) {
    auto mutation = change::mutate(intent, options.mutants);
    if (!mutation) return false;
    report.mutation = std::move(*mutation);
  }
  return true;
}

// Of the policy, or of what runs. Nothing when it exceeds its budget.
std::optional<std::vector<change::TestResult>> run_all(const change::Intent& intent,
                                                       const RunningRead* running) {
  const auto& tests = intent.policy().evidence.tests;
  packet::Decided<std::vector<change::TestResult>> all = [&] {
    if (running == nullptr) return change::run_tests(intent, tests);
    change::RunningPermits permits(intent, running->devices);
    return change::run_tests(permits, tests);
  }();
  if (!all) return std::nullopt;
  return std::move(*all);
}

ExitCode exit_code(std::span<const change::TestResult> results) {
  const report::TestCounts counts = report::count(results);
  if (counts.incomplete > 0) return ExitCode::incomplete;
  return counts.failed + counts.vacuous > 0 ? ExitCode::findings : ExitCode::success;
}

ExitCode tell_results(const Console& console, const Compilation& compilation, const TestOptions& options,
                      const RunningRead* running) {
  const ir::Policy& policy = *compilation.policy;
  const change::Intent intent(policy);
  auto all = run_all(intent, running);
  if (!all) return undecided(console);
  const std::size_t count = all->size();
  const std::vector<change::TestResult> results = chosen(policy, std::move(*all), options.filters);
  if (results.empty())
    return refuse(console, "no test fits `--filter`", "it takes a word of a test's name, a tag, or a zone");
  report::TestReport report;
  report.policy = &policy;
  report.sources = &compilation.project.sources;
  report.results = results;
  report.left_out = count - results.size();
  if (!measure(intent, options, report)) return undecided(console);
  if (!options.junit.empty()) {
    if (const auto reason = replace_file(options.junit, report::tests_junit(report)))
      return refuse(console, *reason, "name another file for `--junit`");
  }
  Console::result(console.format() == Format::json ? report::tests_json(report, version)
                                                   : report::tests_text(report, options.all));
  return exit_code(results);
}

ExitCode run_test(const Console& console, const Session& session, const TestOptions& options) {
  Compilation compilation;
  load(compilation,
       {.project = options.project, .retargets = {}, .passes = {}, .jobs = session.globals.jobs});
  const auto give_up = [&] {
    console.print(std::move(compilation.diagnostics), compilation.project.sources, "test");
    return ExitCode::usage;
  };
  if (!compilation.policy) return give_up();
  if (compilation.policy->evidence.tests.empty())
    return refuse(
        console, "the project has no tests",
        "write some under `tests:`, for example `- {deny: {from: internet, to: pumps, service: tcp/443}}`");
  if (options.running.empty()) return tell_results(console, compilation, options, nullptr);
  compilation.diagnostics = {};  // warnings are for `check`
  const auto read = read_for_questions(console, compilation, options.running);
  return read ? tell_results(console, compilation, options, &*read) : give_up();
}

}  // namespace

void add_test(CLI::App& app, Session& session) {
  CLI::App* command =
      add_command(app, "test", "Ask the policy its own questions, for every packet they speak of",
                  "  cordon test\n"
                  "  cordon test --filter pumps --all\n"
                  "  cordon test --coverage --mutate 200\n"
                  "  cordon test --config running/     whether they hold for what the devices do today\n"
                  "  cordon test --junit tests.xml");
  auto options = std::make_shared<TestOptions>();
  command->add_option("project", options->project, "Folder with a cordon.yaml, or one file")
      ->type_name("PROJECT");
  command
      ->add_option("--filter", options->filters,
                   "Only tests with this word in their name, this tag, or this zone")
      ->type_name("WORD")
      ->delimiter(',');
  command->add_flag("--all", options->all, "Show tests that pass as well");
  CLI::Option* config = command
                            ->add_option("--config", options->running,
                                         "Ask running configurations: a folder of them, or a file; may be "
                                         "repeated. 4 when a test is not known")
                            ->type_name("PATH")
                            ->allow_extra_args(false)
                            ->take_all();
  command
      ->add_flag("--coverage", options->coverage, "Say which flows and which denied pairs of zones tests pin")
      ->excludes(config);
  command
      ->add_option("--mutate", options->mutants,
                   "Make so many mistakes in the policy and say which nobody would notice")
      ->check(CLI::Range(1, 100000))
      ->excludes(config)
      ->type_name("N");
  command->add_option("--junit", options->junit, "Write a JUnit file for a CI system as well")
      ->type_name("FILE");
  command->callback([&session, options] {
    session.action = [&session, options](const Console& console) {
      return run_test(console, session, *options);
    };
  });
}

}  // namespace cordon::cli
