// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/pipeline.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <span>
#include <thread>

#include <fmt/format.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>

#include "compiler/backend/backend.h"
#include "compiler/base/sha256.h"
#include "compiler/base/spelling.h"
#include "compiler/cli/library.h"
#include "compiler/diagnostics/kinds/cli.h"
#include "compiler/plan/retarget.h"
#include "compiler/resolve/file_system.h"
#include "compiler/resolve/resolve.h"
#include "compiler/resolve/standards.h"

namespace cordon::cli {
namespace {

namespace fs = std::filesystem;
namespace kind = diagnostics::kind;

constexpr const char* project_file = "cordon.yaml";

// A folder with a cordon.yaml, one file, or the nearest project from the working directory upward.
std::optional<ProjectStart> find_start(const std::string& named) {
  std::error_code error;
  if (!named.empty()) {
    const fs::path path(named);
    if (fs::is_directory(path, error)) {
      if (!fs::exists(path / project_file, error)) return std::nullopt;
      return ProjectStart{path, project_file};
    }
    if (!fs::exists(path, error)) return std::nullopt;
    return ProjectStart{path.has_parent_path() ? path.parent_path() : fs::path("."),
                        path.filename().string()};
  }
  for (fs::path folder = fs::current_path(error); !error; folder = folder.parent_path()) {
    if (fs::exists(folder / project_file, error)) return ProjectStart{folder, project_file};
    if (folder == folder.parent_path()) break;
  }
  return std::nullopt;
}

int thread_count(const PipelineOptions& options) {
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  return options.jobs > 0 ? options.jobs : static_cast<int>(cores);
}

tbb::global_control limit_threads(const PipelineOptions& options) {
  return {tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(thread_count(options))};
}

std::optional<Retarget> parse_retarget(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) return std::nullopt;
  return Retarget{text.substr(0, equals), text.substr(equals + 1)};
}

std::string platform_names() {
  std::string names;
  for (const auto& each : backend::all_backends())
    names += fmt::format("{}`{}`", names.empty() ? "" : ", ", each->info().name);
  return names;
}

void report_unknown_platform(diagnostics::Diagnostics& diagnostics, diagnostics::Range range,
                             const std::string& name) {
  NearestName nearest(name);
  for (const auto& each : backend::all_backends()) nearest.consider(each->info().name);
  auto builder = diagnostics.build(kind::unknown_platform, range, name);
  if (!nearest.result().empty()) builder.help("did you mean `{}`?", nearest.result());
  builder.help("the platforms are {}; leave `platform:` out for a device that is not ours to configure",
               platform_names());
  builder.emit();
}

void apply_retarget(Compilation& compilation, const Retarget& wanted) {
  const backend::Backend* platform = backend::find_backend(wanted.platform);
  if (platform == nullptr) {
    report_unknown_platform(compilation.diagnostics, {}, wanted.platform);
    return;
  }
  bool found = wanted.device == "all";
  for (const ir::DeviceId id : compilation.policy->devices.ids()) {
    const ir::Device& device = compilation.policy->devices[id];
    if (wanted.device == "all" ? !device.configured() : device.name != wanted.device) continue;
    found = true;
    plan::retarget(*compilation.policy, id, wanted.platform, platform->info().capabilities);
  }
  if (found) return;
  NearestName nearest(wanted.device);
  for (const ir::Device& device : compilation.policy->devices) nearest.consider(device.name);
  auto builder =
      compilation.diagnostics.build(kind::usage, {}, fmt::format("no device is called `{}`", wanted.device));
  if (!nearest.result().empty()) builder.help("did you mean `{}`?", nearest.result());
  builder.help("`--retarget all=PLATFORM` moves every device");
  builder.emit();
}

// Errors of the command line and of platforms' names come before any plan is made.
bool choose_platforms(Compilation& compilation, const PipelineOptions& options) {
  for (const Retarget& retarget : options.retargets) apply_retarget(compilation, retarget);
  for (const ir::Device& device : compilation.policy->devices) {
    if (device.configured() && backend::find_backend(device.platform) == nullptr) {
      report_unknown_platform(compilation.diagnostics, device.platform_range, device.platform);
    }
  }
  if (compilation.diagnostics.has_errors()) compilation.exit_code = ExitCode::usage;
  return !compilation.diagnostics.has_errors();
}

// What each platform cannot hold; gathered by device, joined in their order.
void check_platforms(Compilation& compilation) {
  const auto& devices = compilation.plan->devices;
  std::vector<diagnostics::Diagnostics> found(devices.size());
  tbb::parallel_for(std::size_t{0}, devices.size(), [&](std::size_t index) {
    backend::find_backend(devices[index].platform)->check(devices[index], found[index]);
  });
  for (diagnostics::Diagnostics& each : found) compilation.diagnostics.append(std::move(each));
}

}  // namespace

void read_retargets(const std::vector<std::string>& texts, PipelineOptions& options,
                    diagnostics::Diagnostics& diagnostics) {
  for (const std::string& text : texts) {
    if (auto retarget = parse_retarget(text)) {
      options.retargets.push_back(std::move(*retarget));
    } else {
      diagnostics.build(kind::usage, {}, fmt::format("`{}` is not of the form DEVICE=PLATFORM", text))
          .help("for example `--retarget fw-core=PLATFORM`, or `--retarget all=PLATFORM` for every device")
          .emit();
    }
  }
}

std::optional<ProjectStart> locate_project(const std::string& named, diagnostics::Diagnostics& diagnostics) {
  auto start = find_start(named);
  if (!start) {
    diagnostics.build(kind::no_project, {}, named.empty() ? "." : named)
        .help("`cordon init {}` writes one", named.empty() ? "my-site" : named)
        .emit();
  }
  return start;
}

void load(Compilation& compilation, const PipelineOptions& options) {
  const auto limit = limit_threads(options);
  compilation.exit_code = ExitCode::usage;
  const auto start = locate_project(options.project, compilation.diagnostics);
  if (!start) return;
  compilation.root = start->root;
  load_from(compilation, resolve::DiskFileSystem(start->root), start->file);
}

void load_from(Compilation& compilation, const resolve::FileSystem& files, const std::string& start) {
  compilation.exit_code = ExitCode::usage;
  compilation.timings.stage("read");
  const fs::path library = library_folder();
  const resolve::DiskFileSystem library_files(library);
  compilation.project = resolve::load_project(files, start, library.empty() ? nullptr : &library_files,
                                              compilation.diagnostics);
  if (compilation.diagnostics.has_errors()) return;
  compilation.timings.stage("resolve");
  compilation.policy = resolve::resolve(compilation.project, compilation.diagnostics);
  compilation.project.files = {};  // names have their meaning now; from here on only the texts are needed
  compilation.project.modules = {};
  compilation.timings.stop();
  if (compilation.policy) compilation.exit_code = ExitCode::success;
}

std::optional<ir::Standards> read_standards(source::Sources& sources, diagnostics::Diagnostics& diagnostics) {
  const fs::path folder = library_folder();
  const std::size_t before = sources.size();
  std::optional<ir::Standards> standards;
  if (!folder.empty()) {
    const resolve::DiskFileSystem library(folder);
    standards = resolve::load_standards(library, sources, diagnostics);
  }
  if (standards || sources.size() > before) return standards;  // they are there, and sound or faulty
  diagnostics.build(kind::no_standards, {})
      .note(
          "catalogues of controls and the risk questionnaire lie in `standards/` and `questionnaires/` of it")
      .help("set CORDON_LIBRARY to the folder `policies` of Cordon, or install the package as a whole")
      .emit();
  return standards;
}

void load_standards(Compilation& compilation) {
  if (!compilation.policy) return;
  compilation.timings.stage("standards");
  compilation.standards = read_standards(compilation.project.sources, compilation.diagnostics);
  compilation.timings.stop();
  if (!compilation.standards) compilation.exit_code = ExitCode::usage;
}

void plan_devices(Compilation& compilation, const PipelineOptions& options) {
  if (!compilation.policy || !choose_platforms(compilation, options)) return;
  const auto limit = limit_threads(options);
  compilation.timings.stage("plan");
  const ir::Policy& policy = *compilation.policy;
  const auto capabilities = [&policy](ir::DeviceId id) -> const config::Capabilities* {
    const backend::Backend* platform = backend::find_backend(policy.devices[id].platform);
    return platform == nullptr ? nullptr : &platform->info().capabilities;
  };
  compilation.plan = plan::plan(policy, capabilities, compilation.diagnostics, thread_count(options));
  if (!compilation.diagnostics.has_errors()) {
    compilation.timings.stage("platform");
    check_platforms(compilation);
  }
  compilation.timings.stop();
  if (!compilation.diagnostics.has_errors()) return;
  compilation.exit_code = ExitCode::findings;
  compilation.plan.reset();
}

namespace {

// A file that is written, with what the records need of it.
WrittenFile write_file(backend::OutputFile& file, const std::string& text, TextOutput& output) {
  output.write(file.name, text);
  return {.name = std::move(file.name),
          .lines = static_cast<std::size_t>(std::ranges::count(text, '\n')),
          .sha256 = sha256(text),
          .origins = std::move(file.origins)};
}

// A thousand devices as rules and as text at once would be twice the memory: a device's text goes to the disk
// and its rules are forgotten before the next one's turn. A text that is not proved is kept, to be shown.
Emission emit_device(config::Device& device, std::span<const plan::Pass* const> passes, DeviceProof& proof,
                     TextOutput& output) {
  plan::optimise(device, passes);
  Emission emission{.device = &device, .rules = 0, .filters = device.filters.size(), .files = {}};
  auto texts = std::make_unique<source::Sources>();
  for (backend::OutputFile& file : backend::find_backend(device.platform)->emit(device)) {
    const source::FileId id = texts->add(file.name, std::move(file.text));
    emission.files.push_back(write_file(file, texts->text(id), output));
  }
  proof = prove_device(device, std::move(texts));
  for (const config::Filter& filter : device.filters) emission.rules += filter.rules.size();
  if (proof.refuted()) return emission;
  if (!output.folder().empty()) proof.put_aside(output.folder());
  for (config::Filter& filter : device.filters) filter.rules = {};
  device.addresses = {};
  device.services = {};
  return emission;
}

}  // namespace

void emit_devices(Compilation& compilation, const PipelineOptions& options, TextOutput& output) {
  if (!compilation.plan || compilation.diagnostics.has_errors()) return;
  const auto limit = limit_threads(options);
  compilation.timings.stage("emit");
  auto& devices = compilation.plan->devices;
  compilation.emissions.resize(devices.size());
  std::vector<DeviceProof> proofs(devices.size());
  tbb::parallel_for(std::size_t{0}, devices.size(), [&](std::size_t index) {
    compilation.emissions[index] = emit_device(devices[index], options.passes, proofs[index], output);
  });
  compilation.timings.stage("prove");
  for (std::size_t i = 0; i < devices.size(); ++i) {
    report_proof(devices[i], proofs[i], output.target(), compilation.project.sources,
                 compilation.diagnostics);
  }
  if (!compilation.diagnostics.has_errors()) {
    compilation.end_to_end = prove_policy(*compilation.policy, proofs, thread_count(options), output.target(),
                                          compilation.project.sources, compilation.diagnostics);
  }
  if (compilation.diagnostics.has_errors()) compilation.exit_code = ExitCode::unproved;
  compilation.timings.stop();
}

std::map<std::string, std::string> texts_of(Compilation& compilation, const PipelineOptions& options) {
  std::map<std::string, std::string> texts;
  if (!compilation.plan) return texts;
  const auto limit = limit_threads(options);
  auto& devices = compilation.plan->devices;
  std::vector<std::vector<backend::OutputFile>> files(devices.size());
  tbb::parallel_for(std::size_t{0}, devices.size(), [&](std::size_t index) {
    plan::optimise(devices[index], options.passes);
    files[index] = backend::find_backend(devices[index].platform)->emit(devices[index]);
  });
  for (auto& of_device : files) {
    for (backend::OutputFile& file : of_device) texts.emplace(std::move(file.name), std::move(file.text));
  }
  return texts;
}

}  // namespace cordon::cli
