// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The proof of a whole site beside its plan and its text, stage by stage: the named project of the
// environment, or the reference hospital. `CORDON_BENCH_PROJECT=DIR bench_prove`.

#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include "compiler/backend/backend.h"
#include "compiler/plan/passes.h"
#include "compiler/plan/plan.h"
#include "compiler/prove/end_to_end.h"
#include "compiler/prove/translation.h"
#include "compiler/resolve/file_system.h"
#include "compiler/resolve/resolve.h"

namespace {

using namespace cordon;

const config::Capabilities* capabilities_of(const ir::Policy& policy, ir::DeviceId id) {
  for (const auto& platform : backend::all_backends()) {
    if (platform->info().name == policy.devices[id].platform) return &platform->info().capabilities;
  }
  return nullptr;
}

struct Site {
  ir::Policy policy;
  plan::Plan plan;
  std::vector<config::Reading> readings;
  std::vector<prove::ReadDevice> devices;

  source::Sources texts;
  std::vector<std::vector<source::FileId>> files;  // of each device

  Site() {
    const char* named = std::getenv("CORDON_BENCH_PROJECT");
    const std::filesystem::path source = CORDON_SOURCE_DIR;
    const resolve::DiskFileSystem disk(named == nullptr ? source / "examples/reference-hospital" : named);
    const resolve::DiskFileSystem library(source / "policies");
    diagnostics::Diagnostics diagnostics;
    const resolve::Project project = resolve::load_project(disk, "cordon.yaml", &library, diagnostics);
    policy = resolve::resolve(project, diagnostics).value();
    plan = planned();
    std::map<std::string, ir::DeviceId> names;
    for (const ir::DeviceId id : policy.devices.ids()) names[policy.devices[id].name] = id;
    readings.reserve(plan.devices.size());
    for (const config::Device& device : plan.devices) {
      for (backend::OutputFile& file : platform_of(device).emit(optimised(device)))
        files.emplace_back().push_back(texts.add(file.name, std::move(file.text)));
      readings.push_back(platform_of(device).read(texts, files.back()));
      const ir::DeviceId id = names.at(device.name);
      devices.push_back(
          {.device = id, .reading = &readings.back(), .capabilities = capabilities_of(policy, id)});
    }
  }

  static const backend::Backend& platform_of(const config::Device& device) {
    return *backend::find_backend(device.platform);
  }

  static config::Device optimised(config::Device device) {
    std::vector<const plan::Pass*> all;
    for (const plan::Pass& pass : plan::passes()) all.push_back(&pass);
    plan::optimise(device, all);
    return device;
  }

  [[nodiscard]] plan::Plan planned() const {
    diagnostics::Diagnostics diagnostics;
    return plan::plan(
        policy, [this](ir::DeviceId id) { return capabilities_of(policy, id); }, diagnostics, 1);
  }
};

const Site& site() {
  static const Site only;
  return only;
}

void plan_site(benchmark::State& state) {
  while (state.KeepRunning()) benchmark::DoNotOptimize(site().planned());
}

void optimise_site(benchmark::State& state) {
  while (state.KeepRunning()) {
    for (const config::Device& device : site().plan.devices)
      benchmark::DoNotOptimize(Site::optimised(device));
  }
}

void emit_site(benchmark::State& state) {
  std::vector<config::Device> lean;
  for (const config::Device& device : site().plan.devices) lean.push_back(Site::optimised(device));
  while (state.KeepRunning()) {
    for (const config::Device& device : lean)
      benchmark::DoNotOptimize(Site::platform_of(device).emit(device));
  }
}

void read_site(benchmark::State& state) {
  while (state.KeepRunning()) {
    for (std::size_t i = 0; i < site().files.size(); ++i)
      benchmark::DoNotOptimize(Site::platform_of(site().plan.devices[i]).read(site().texts, site().files[i]));
  }
}

void translate_site(benchmark::State& state) {
  while (state.KeepRunning()) {
    for (std::size_t i = 0; i < site().files.size(); ++i) {
      const config::Device& device = site().plan.devices[i];
      const config::Capabilities& capabilities = Site::platform_of(device).info().capabilities;
      if (!prove::prove_translation(device, capabilities, site().readings[i]).proved())
        state.SkipWithError("not proved");
    }
  }
}

void prove_site(benchmark::State& state) {
  while (state.KeepRunning()) {
    const prove::Proof proof =
        prove::prove_end_to_end(site().policy, site().devices, {.budget = {}, .jobs = 1});
    if (proof.holds()) continue;
    std::string text = "not proved:";
    for (const prove::Violation& violation : proof.violations) {
      text += std::string("\n") + prove::to_string(violation.obligation) + ": " +
              (violation.device.valid() ? site().policy.devices[violation.device].name : "") + " " +
              violation.place + ": " + violation.text;
    }
    for (const prove::Undecided& undecided : proof.undecided) text += "\nundecided: " + undecided.text;
    state.SkipWithError(text.c_str());
    break;
  }
}

BENCHMARK(plan_site)->Unit(benchmark::kMillisecond);
BENCHMARK(optimise_site)->Unit(benchmark::kMillisecond);
BENCHMARK(emit_site)->Unit(benchmark::kMillisecond);
BENCHMARK(read_site)->Unit(benchmark::kMillisecond);
BENCHMARK(translate_site)->Unit(benchmark::kMillisecond);
BENCHMARK(prove_site)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
