// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <memory>
#include <set>
#include <span>
#include <string>

#include <fmt/format.h>

#include "compiler/base/spelling.h"
#include "compiler/cli/commands.h"
#include "compiler/cli/output_directory.h"
#include "compiler/cli/pipeline.h"
#include "compiler/cli/proof.h"
#include "compiler/cli/records.h"
#include "compiler/diagnostics/kinds/cli.h"

namespace cordon::cli {
namespace {

constexpr std::size_t shown_devices = 40;  // a screenful; the manifest lists all

struct CompileOptions {
  PipelineOptions pipeline;
  std::vector<std::string> retargets;
  std::vector<std::string> without;
  std::string stop_after;
  std::string output;
};

const plan::Pass* named_pass(const std::string& name, diagnostics::Diagnostics& diagnostics) {
  const plan::Pass* pass = plan::find_pass(name);
  if (pass != nullptr) return pass;
  NearestName nearest(name);
  for (const plan::Pass& each : plan::passes()) nearest.consider(each.name);
  auto builder = diagnostics.build(diagnostics::kind::usage, {}, fmt::format("no pass is called `{}`", name));
  if (!nearest.result().empty()) builder.help("did you mean `{}`?", nearest.result());
  builder.help("`cordon passes` lists them").emit();
  return nullptr;
}

void choose_passes(CompileOptions& options, diagnostics::Diagnostics& diagnostics) {
  std::set<const plan::Pass*> without;
  for (const std::string& name : options.without) without.insert(named_pass(name, diagnostics));
  const plan::Pass* last = options.stop_after.empty() ? nullptr : named_pass(options.stop_after, diagnostics);
  for (const plan::Pass& pass : plan::passes()) {
    if (!without.contains(&pass)) options.pipeline.passes.push_back(&pass);
    if (&pass == last) break;
  }
}

// Writes everything or nothing.
void write_output(Compilation& compilation, const CompileOptions& options) {
  if (compilation.diagnostics.has_errors()) return;
  OutputDirectory output(options.output);
  emit_devices(compilation, options.pipeline, output);
  compilation.policy.reset();
  if (compilation.diagnostics.has_errors()) return;  // unproved: the folder disappears
  compilation.timings.stage("write");
  write_records(compilation, options.retargets, options.pipeline.passes, output);
  if (auto reason = output.publish()) {
    compilation.diagnostics.build(diagnostics::kind::output_refused, {}, *reason)
        .help("name another folder with `-o`, or empty that one yourself; nothing was written")
        .emit();
    compilation.exit_code = ExitCode::usage;
  }
}

std::string device_table(const Compilation& compilation, const std::string& output) {
  std::size_t widest = 0;
  for (const Emission& emission : compilation.emissions)
    widest = std::max(widest, emission.device->name.size());
  std::string text;
  const std::span<const Emission> shown =
      std::span(compilation.emissions).first(std::min(compilation.emissions.size(), shown_devices));
  for (const Emission& emission : shown) {
    const config::Device& device = *emission.device;
    std::string names;
    for (const WrittenFile& file : emission.files) names += " " + file.name;
    text += fmt::format("{:<{}}  {:<10} {:>5} rules in {} filters {}\n", device.name, widest, device.platform,
                        emission.rules, emission.filters, names);
  }
  if (const std::size_t more = compilation.emissions.size() - shown.size(); more > 0) {
    text += fmt::format("and {}, listed in {}\n", counted(more, "more device"), manifest_name);
  }
  text += fmt::format("{} written to {}   proof: {}\n", counted(compilation.emissions.size(), "device"),
                      output, proved_obligations);
  return text;
}

ExitCode compile(const Console& console, CompileOptions& options, bool timings) {
  Compilation compilation;
  read_retargets(options.retargets, options.pipeline, compilation.diagnostics);
  choose_passes(options, compilation.diagnostics);
  if (compilation.diagnostics.has_errors()) return fail(console, compilation.diagnostics, "compile");
  load(compilation, options.pipeline);
  plan_devices(compilation, options.pipeline);
  write_output(compilation, options);
  compilation.timings.stop();
  const bool written = !compilation.diagnostics.has_errors();
  console.print(std::move(compilation.diagnostics), compilation.project.sources, "compile");
  if (timings) console.note(compilation.timings.table());
  if (written && console.format() == Format::text) console.note(device_table(compilation, options.output));
  return compilation.exit_code;
}

}  // namespace

void add_compile(CLI::App& app, Session& session) {
  CLI::App* command =
      add_command(app, "compile", "Write the configuration of every device, all or nothing",
                  "  cordon compile -o build\n"
                  "  cordon compile sites/st-elsewhere -o build\n"
                  "  cordon compile -o lab --retarget all=PLATFORM   the same policy on one platform\n"
                  "  cordon compile -o build --without merge-sources   each flow keeps lines of its own");
  auto options = std::make_shared<CompileOptions>();
  command->add_option("project", options->pipeline.project, "Folder with a cordon.yaml, or one file")
      ->type_name("PROJECT");
  command->add_option("-o,--output", options->output, "Folder that appears when everything is right")
      ->required()
      ->type_name("DIR");
  command->add_option("--retarget", options->retargets, "Compile a device (or `all`) for another platform")
      ->type_name("DEVICE=PLATFORM")
      ->take_all();
  command->add_option("--without", options->without, "Leave out an optimisation; `cordon passes` lists them")
      ->type_name("PASS")
      ->take_all();
  command->add_option("--stop-after", options->stop_after, "Leave out every optimisation after this one")
      ->type_name("PASS");
  command->callback([&session, options] {
    session.action = [&session, options](const Console& console) {
      options->pipeline.jobs = session.globals.jobs;
      return compile(console, *options, session.globals.timings);
    };
  });
}

}  // namespace cordon::cli
