// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <oneapi/tbb/parallel_for.h>

#include "compiler/cli/commands.h"
#include "compiler/cli/output_directory.h"
#include "compiler/cli/pipeline.h"
#include "compiler/cli/read_text.h"
#include "compiler/diagnostics/kinds/cli.h"

namespace cordon::cli {
namespace {

namespace fs = std::filesystem;
namespace kind = diagnostics::kind;
using Json = nlohmann::json;

struct VerifyOptions {
  std::string folder;
  PipelineOptions pipeline;
};

// Which files belong to which device, and how the run that wrote them moved devices to other platforms.
struct Manifest {
  std::map<std::string, std::vector<std::string>> files;  // by device
  std::vector<std::string> retargets;
};

bool is_plain_file_name(const std::string& name) {
  return !name.empty() && fs::path(name).filename() == name;
}

std::optional<Manifest> read_manifest(const fs::path& folder) {
  const auto json = Json::parse(read_text(folder / manifest_name).value_or(""), nullptr, false);
  if (!json.is_object() || json.value("format", "") != "cordon.manifest") return std::nullopt;
  Manifest manifest;
  for (const Json& output : json.value("outputs", Json::array())) {
    if (!output.is_object() || !output.contains("device")) continue;
    const std::string path = output.value("path", "");
    if (!is_plain_file_name(path)) return std::nullopt;
    manifest.files[output.value("device", "")].push_back(path);
  }
  for (const Json& each : json.value("retarget", Json::array())) {
    if (each.is_string()) manifest.retargets.push_back(each.get<std::string>());
  }
  return manifest;
}

void refuse(Compilation& compilation, const std::string& message, const std::string& help) {
  compilation.diagnostics.build(kind::no_output_to_verify, {}, message).help("{}", help).emit();
  compilation.exit_code = ExitCode::usage;
}

// The texts of a device as they are on disk; nothing when one is missing, which is then said.
std::unique_ptr<source::Sources> read_device(Compilation& compilation, const fs::path& folder,
                                             const config::Device& device, const Manifest& manifest) {
  auto texts = std::make_unique<source::Sources>();
  const auto names = manifest.files.find(device.name);
  if (names == manifest.files.end()) {
    refuse(compilation, fmt::format("`{}` holds no file of the device `{}`", folder.string(), device.name),
           "compile the policy again, or verify against the policy that was compiled");
    return nullptr;
  }
  for (const std::string& name : names->second) {
    auto text = read_text(folder / name);
    if (!text) {
      refuse(compilation,
             fmt::format("cannot read `{}` of the device `{}`", (folder / name).string(), device.name),
             "the manifest lists it, so it was there when the folder was written");
      return nullptr;
    }
    texts->add(name, std::move(*text));
  }
  return texts;
}

void verify_devices(Compilation& compilation, const fs::path& folder, const Manifest& manifest, int jobs) {
  auto& devices = compilation.plan->devices;
  std::vector<DeviceProof> proofs(devices.size());
  for (std::size_t i = 0; i < devices.size(); ++i)
    proofs[i].texts = read_device(compilation, folder, devices[i], manifest);
  if (compilation.diagnostics.has_errors()) return;
  compilation.timings.stage("prove");
  tbb::parallel_for(std::size_t{0}, devices.size(),
                    [&](std::size_t i) { proofs[i] = prove_device(devices[i], std::move(proofs[i].texts)); });
  compilation.timings.stop();
  for (std::size_t i = 0; i < devices.size(); ++i)
    report_proof(devices[i], proofs[i], folder, compilation.project.sources, compilation.diagnostics);
  if (!compilation.diagnostics.has_errors())
    compilation.end_to_end = prove_policy(*compilation.policy, proofs, jobs, folder,
                                          compilation.project.sources, compilation.diagnostics);
  if (compilation.diagnostics.has_errors()) compilation.exit_code = ExitCode::unproved;
}

ExitCode verify(const Console& console, VerifyOptions& options, bool timings) {
  Compilation compilation;
  const fs::path folder(options.folder);
  const auto manifest = read_manifest(folder);
  if (!manifest) {
    refuse(compilation, fmt::format("`{}` holds no manifest of `cordon compile`", options.folder),
           "name a folder that `cordon compile -o` wrote");
    return fail(console, compilation.diagnostics, "verify");
  }
  read_retargets(manifest->retargets, options.pipeline, compilation.diagnostics);
  load(compilation, options.pipeline);
  plan_devices(compilation, options.pipeline);
  if (!compilation.diagnostics.has_errors())
    verify_devices(compilation, folder, *manifest, options.pipeline.jobs);
  const bool proved = !compilation.diagnostics.has_errors();
  const std::size_t count = compilation.plan ? compilation.plan->devices.size() : 0;
  console.print(std::move(compilation.diagnostics), compilation.project.sources, "verify");
  if (timings) console.note(compilation.timings.table());
  if (proved && console.format() == Format::text) {
    console.note(fmt::format("{} in {} compared with the policy   proof: {}\n", counted(count, "device"),
                             options.folder, proved_obligations));
  }
  return compilation.exit_code;
}

}  // namespace

void add_verify(CLI::App& app, Session& session) {
  CLI::App* command =
      add_command(app, "verify", "Prove that a folder of output still says what the policy says",
                  "  cordon verify build\n"
                  "  cordon verify build --policy sites/st-elsewhere");
  auto options = std::make_shared<VerifyOptions>();
  command->add_option("folder", options->folder, "A folder that `cordon compile` wrote, edited since or not")
      ->required()
      ->type_name("DIR");
  command->add_option("--policy", options->pipeline.project, "Folder with a cordon.yaml, or one file")
      ->type_name("PROJECT");
  command->callback([&session, options] {
    session.action = [&session, options](const Console& console) {
      options->pipeline.jobs = session.globals.jobs;
      return verify(console, *options, session.globals.timings);
    };
  });
}

}  // namespace cordon::cli
