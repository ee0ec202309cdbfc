// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// From typed values to the policy in which every name has its meaning, at three sizes. Time for each host
// should not depend on how many there are.

#include <optional>

#include <benchmark/benchmark.h>

#include "compiler/resolve/file_system.h"
#include "compiler/resolve/resolve.h"
#include "tests/bench/site.h"

namespace {

using namespace cordon;

void resolve_policy(benchmark::State& state) {
  const int wards = static_cast<int>(state.range(0));
  const resolve::MemoryFileSystem files({{"cordon.yaml", bench::site(wards, "nftables")}});
  diagnostics::Diagnostics diagnostics;
  const resolve::Project project = resolve::load_project(files, "cordon.yaml", nullptr, diagnostics);
  while (state.KeepRunning()) benchmark::DoNotOptimize(resolve::resolve(project, diagnostics));
  if (diagnostics.has_errors()) state.SkipWithError("the policy is faulty");
  state.counters["time/host"] =
      benchmark::Counter(static_cast<double>(wards) * bench::hosts_per_ward,
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(resolve_policy)->Arg(10)->Arg(100)->Arg(1'000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
