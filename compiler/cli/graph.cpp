// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include <fmt/format.h>

#include "compiler/base/spelling.h"
#include "compiler/cli/checking.h"
#include "compiler/cli/commands.h"
#include "compiler/cli/pipeline.h"
#include "compiler/cli/write_text.h"
#include "compiler/diagnostics/kinds/cli.h"
#include "compiler/report/zone_map.h"

namespace cordon::cli {
namespace {

namespace kind = diagnostics::kind;

struct GraphOptions {
  std::string project, form, output;
  CheckOptions check;
};

std::string form_names() {
  std::string names;
  for (const report::MapFormat& each : report::map_formats())
    names += fmt::format("{}`{}`", names.empty() ? "" : ", ", each.name);
  return names;
}

// As it was asked for, else as the file's name ends; DOT where nothing says otherwise.
const report::MapFormat* choose_form(const GraphOptions& options, diagnostics::Diagnostics& faults) {
  if (!options.form.empty()) {
    const report::MapFormat* form = report::find_map_format(options.form);
    if (form != nullptr) return form;
    NearestName nearest(options.form);
    for (const report::MapFormat& each : report::map_formats()) nearest.consider(each.name);
    auto builder =
        faults.build(kind::usage, {}, fmt::format("a graph cannot be drawn as `{}`", options.form));
    if (!nearest.result().empty()) builder.help("did you mean `{}`?", nearest.result());
    builder.help("there are {}", form_names()).emit();
    return nullptr;
  }
  for (const report::MapFormat& each : report::map_formats()) {
    if (options.output.ends_with(each.ending)) return &each;
  }
  return report::find_map_format("dot");
}

ExitCode run_graph(const Console& console, const Session& session, const GraphOptions& options) {
  diagnostics::Diagnostics faults;
  const report::MapFormat* form = choose_form(options, faults);
  const CheckRequest request = read_check_options(options.check, faults);
  if (faults.has_errors()) return fail(console, faults, "graph");
  Compilation compilation;
  load(compilation,
       {.project = options.project, .retargets = {}, .passes = {}, .jobs = session.globals.jobs});
  if (!compilation.policy) {
    console.print(std::move(compilation.diagnostics), compilation.project.sources, "graph");
    return ExitCode::usage;
  }
  const std::string text = form->write(report::zone_map(check_policy(compilation, request).run));
  if (options.output.empty() || options.output == "-") {
    Console::result(text);
    return ExitCode::success;
  }
  if (const auto reason = replace_file(options.output, text)) {
    faults.build(kind::output_refused, {}, *reason)
        .help("name another file with `-o`; nothing was written")
        .emit();
    return fail(console, faults, "graph");
  }
  return ExitCode::success;
}

}  // namespace

void add_graph(CLI::App& app, Session& session) {
  CLI::App* command =
      add_command(app, "graph", "Draw zones and conduits, with findings and attack paths marked",
                  "  cordon graph -o zones.svg\n"
                  "  cordon graph sites/st-elsewhere --as mermaid\n"
                  "  cordon graph --profile hospital -o zones.graphml\n"
                  "  cordon graph | dot -Tpdf > zones.pdf");
  auto options = std::make_shared<GraphOptions>();
  command->add_option("project", options->project, "Folder with a cordon.yaml, or one file")
      ->type_name("PROJECT");
  command->add_option("--as", options->form, "In which form; by default as the file's name ends, else DOT")
      ->type_name("dot|graphml|mermaid|svg");
  command->add_option("-o,--output", options->output, "The file to write; by default standard output")
      ->type_name("FILE");
  command
      ->add_option("--profile", options->check.profile,
                   "Whose findings are marked; by default what the project says")
      ->check(CLI::IsMember({"basic", "hospital", "auditor"}))
      ->type_name("basic|hospital|auditor");
  command
      ->add_option("--as-of", options->check.as_of, "The day that dates are compared with; by default today")
      ->type_name("YYYY-MM-DD");
  command->callback([&session, options] {
    session.action = [&session, options](const Console& console) {
      return run_graph(console, session, *options);
    };
  });
}

}  // namespace cordon::cli
