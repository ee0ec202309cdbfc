// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// From the plan of a device to its configuration, at three sizes, for every platform. Bytes a second should
// not depend on how many there are.

#include <cstdint>
#include <string>

#include <benchmark/benchmark.h>

#include "tests/bench/planned.h"

namespace {

using namespace cordon;

void emit_site(benchmark::State& state, const backend::Backend& platform) {
  const ir::Policy policy = bench::resolved_site(static_cast<int>(state.range(0)), platform);
  diagnostics::Diagnostics diagnostics;
  const plan::Plan plan = bench::planned(policy, platform, diagnostics);
  if (plan.devices.empty()) {
    state.SkipWithError("the policy cannot be planned");
    return;
  }
  std::size_t bytes = 0;
  while (state.KeepRunning()) {
    bytes = 0;
    for (const backend::OutputFile& file : platform.emit(plan.devices.front())) bytes += file.text.size();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
}

}  // namespace

int main(int argc, char** argv) {
  for (const auto& platform : backend::all_backends()) {
    benchmark::RegisterBenchmark(("emit_site/" + std::string(platform->info().name)).c_str(),
                                 [&platform](benchmark::State& state) { emit_site(state, *platform); })
        ->Arg(10)
        ->Arg(100)
        ->Arg(1'000)
        ->Unit(benchmark::kMillisecond);
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
