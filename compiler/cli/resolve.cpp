// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/resolve/resolve.h"

#include <memory>
#include <string>

#include <fmt/format.h>

#include "compiler/base/spelling.h"
#include "compiler/cli/commands.h"
#include "compiler/cli/pipeline.h"
#include "compiler/diagnostics/kinds/cli.h"

namespace cordon::cli {
namespace {

void report_unknown(Compilation& compilation, const std::string& expression) {
  NearestName nearest(expression);
  const auto consider = [&](const auto& items) {
    for (const auto& item : items) nearest.consider(item.name);
  };
  consider(compilation.policy->zones);
  consider(compilation.policy->networks);
  consider(compilation.policy->hosts);
  consider(compilation.policy->groups);
  consider(compilation.policy->services);
  consider(compilation.policy->devices);
  auto builder = compilation.diagnostics.build(diagnostics::kind::usage, {},
                                               fmt::format("the policy knows no `{}`", expression));
  if (!nearest.result().empty()) builder.help("did you mean `{}`?", nearest.result());
  builder.help("a name of a zone, network, host, group, service or device, or a prefix");
  builder.emit();
}

ExitCode resolve(const Console& console, const std::string& expression, const PipelineOptions& options) {
  Compilation compilation;
  load(compilation, options);
  if (compilation.policy) {
    if (const auto text = resolve::expand(*compilation.policy, expression)) {
      Console::result(*text);
      return ExitCode::success;
    }
    report_unknown(compilation, expression);
  }
  console.print(std::move(compilation.diagnostics), compilation.project.sources, "resolve");
  return ExitCode::usage;
}

}  // namespace

void add_resolve(CLI::App& app, Session& session) {
  CLI::App* command = add_command(app, "resolve", "What a name or a prefix of the policy stands for",
                                  "  cordon resolve infusion-pumps\n"
                                  "  cordon resolve zone:servers sites/st-elsewhere\n"
                                  "  cordon resolve 10.20.0.17");
  auto expression = std::make_shared<std::string>();
  auto options = std::make_shared<PipelineOptions>();
  command->add_option("expression", *expression, "A name, KIND:NAME, an address or a prefix")
      ->required()
      ->type_name("EXPR");
  command->add_option("project", options->project, "Folder with a cordon.yaml, or one file")
      ->type_name("PROJECT");
  command->callback([&session, expression, options] {
    session.action = [&session, expression, options](const Console& console) {
      options->jobs = session.globals.jobs;
      return resolve(console, *expression, *options);
    };
  });
}

}  // namespace cordon::cli
