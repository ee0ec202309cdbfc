// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <memory>
#include <string>

#include <fmt/format.h>

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

}  // namespace

void add_check(CLI::App& app, Session& session) {
  CLI::App* command = add_command(app, "check", "Read a policy, plan it for every device, say what is wrong",
                                  "  cordon check\n"
                                  "  cordon check sites/st-elsewhere\n"
                                  "  cordon check policy.yaml --format json");
  auto options = std::make_shared<PipelineOptions>();
  command->add_option("project", options->project, "Folder with a cordon.yaml, or one file")
      ->type_name("PROJECT");
  command->callback([&session, options] {
    session.action = [&session, options](const Console& console) {
      options->jobs = session.globals.jobs;
      Compilation compilation;
      load(compilation, *options);
      plan_devices(compilation, *options);
      const bool sound = !compilation.diagnostics.has_errors();
      console.print(std::move(compilation.diagnostics), compilation.project.sources, "check");
      if (session.globals.timings) console.note(compilation.timings.table());
      if (sound && console.format() == Format::text) console.note(summary(*compilation.policy));
      return compilation.exit_code;
    };
  });
}

}  // namespace cordon::cli
