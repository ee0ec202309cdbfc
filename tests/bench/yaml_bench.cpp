// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// From bytes to the tree, at three sizes, in one piece and cut for the cores of the machine.

#include <benchmark/benchmark.h>

#include "compiler/yaml/load.h"
#include "tests/bench/site.h"

namespace {

using namespace cordon;

void load_yaml(benchmark::State& state) {
  source::Sources sources;
  const source::FileId file =
      sources.add("cordon.yaml", bench::site(static_cast<int>(state.range(0)), "nftables"));
  diagnostics::Diagnostics diagnostics;
  while (state.KeepRunning()) benchmark::DoNotOptimize(yaml::load(sources, file, diagnostics));
  if (diagnostics.has_errors()) state.SkipWithError("the policy is faulty");
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(sources.text(file).size()));
}
BENCHMARK(load_yaml)->Arg(10)->Arg(100)->Arg(1'000)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();

}  // namespace

BENCHMARK_MAIN();
