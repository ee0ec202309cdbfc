// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include <fmt/format.h>

#include "compiler/cli/commands.h"
#include "compiler/cli/expression.h"
#include "compiler/cli/pipeline.h"
#include "compiler/cli/version.h"
#include "compiler/report/expansion.h"
#include "compiler/resolve/meaning.h"

namespace cordon::cli {
namespace {

struct ResolveOptions {
  std::string expression;
  bool count = false;
  PipelineOptions pipeline;
};

// A service is no set of addresses, but its name may be asked for as well.
std::optional<std::string> service_text(const Compilation& compilation, const std::string& expression) {
  diagnostics::Diagnostics silent;
  resolve::PolicyNames names(*compilation.policy, silent);
  constexpr std::string_view kind = "service:";
  std::string_view word = expression;
  if (word.starts_with(kind)) word.remove_prefix(kind.size());
  if (!names.knows_service(word) || names.knows_place(word)) return std::nullopt;
  const auto terms = names.service({word, {}});
  return fmt::format("service {}\n  {}\n", word, to_string(*terms));
}

ExitCode run_resolve(const Console& console, const ResolveOptions& options) {
  Compilation compilation;
  load(compilation, options.pipeline);
  if (compilation.policy) {
    const ir::Policy& policy = *compilation.policy;
    if (const auto service = service_text(compilation, options.expression)) {
      Console::result(*service);
      return ExitCode::success;
    }
    compilation.diagnostics = {};
    if (const auto set = read_set(compilation, options.expression)) {
      Console::result(console.format() == Format::json
                          ? report::expansion_json(policy, options.expression, *set, version)
                      : options.count ? report::expansion_count(policy, *set)
                                      : report::expansion_text(policy, *set));
      return ExitCode::success;
    }
  }
  console.print(std::move(compilation.diagnostics), compilation.project.sources, "resolve");
  return ExitCode::usage;
}

}  // namespace

void add_resolve(CLI::App& app, Session& session) {
  CLI::App* command =
      add_command(app, "resolve", "Whom an expression means: networks, hosts, addresses",
                  "  cordon resolve infusion-pumps\n"
                  "  cordon resolve 'type:medical-device \\ zone:lab' sites/st-elsewhere\n"
                  "  cordon resolve '10.20.0.0/24 & host:/^pump-/' --count\n"
                  "  cordon resolve 10.20.0.17\n"
                  "Expressions: `,` unites, `&` intersects, `\\` takes away; both of these come before\n"
                  "`,`. Terms: NAME, zone:NAME, network:, host:, group:, device:, type:TYPE, vlan:N,\n"
                  "a prefix, an address, a range, any, internet, unassigned, /pattern/, host:/pattern/.");
  auto options = std::make_shared<ResolveOptions>();
  command->add_option("expression", options->expression, "A name, an address, or a set of them")
      ->required()
      ->type_name("EXPR");
  command->add_option("project", options->pipeline.project, "Folder with a cordon.yaml, or one file")
      ->type_name("PROJECT");
  command->add_flag("--count", options->count, "Only say how many addresses, networks and hosts it is");
  command->callback([&session, options] {
    session.action = [&session, options](const Console& console) {
      options->pipeline.jobs = session.globals.jobs;
      return run_resolve(console, *options);
    };
  });
}

}  // namespace cordon::cli
