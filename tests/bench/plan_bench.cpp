// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// From the policy to what the device is to hold, at three sizes, for every platform. Time for each flow
// should not depend on how many there are.

#include <string>

#include <benchmark/benchmark.h>

#include "tests/bench/planned.h"

namespace {

using namespace cordon;

void plan_site(benchmark::State& state, const backend::Backend& platform) {
  const int wards = static_cast<int>(state.range(0));
  const ir::Policy policy = bench::resolved_site(wards, platform);
  diagnostics::Diagnostics diagnostics;
  while (state.KeepRunning()) benchmark::DoNotOptimize(bench::planned(policy, platform, diagnostics));
  if (diagnostics.has_errors()) state.SkipWithError("the policy cannot be planned");
  state.counters["time/flow"] = benchmark::Counter(
      wards * 2.0, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

}  // namespace

int main(int argc, char** argv) {
  for (const auto& platform : backend::all_backends()) {
    benchmark::RegisterBenchmark(("plan_site/" + std::string(platform->info().name)).c_str(),
                                 [&platform](benchmark::State& state) { plan_site(state, *platform); })
        ->Arg(10)
        ->Arg(100)
        ->Arg(1'000)
        ->Unit(benchmark::kMillisecond);
  }
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
