// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What opens and closes between two policies that were resolved, by pair of zones and as cubes, at three
// sizes: no change, twenty changes, and two of every ten flows changed.

#include <cstddef>
#include <optional>
#include <string>

#include <benchmark/benchmark.h>

#include "compiler/change/difference.h"
#include "compiler/resolve/file_system.h"
#include "compiler/resolve/resolve.h"
#include "tests/bench/zone_matrix.h"

namespace {

using namespace cordon;

// Ends the program when it is faulty.
ir::Policy resolved(const std::string& text) {
  const resolve::MemoryFileSystem files({{"cordon.yaml", text}});
  diagnostics::Diagnostics diagnostics;
  const resolve::Project project = resolve::load_project(files, "cordon.yaml", nullptr, diagnostics);
  return resolve::resolve(project, diagnostics).value();
}

void compare(benchmark::State& state, std::size_t flows, std::size_t changed_every) {
  const ir::Policy before = resolved(bench::zone_matrix(flows));
  const ir::Policy after = resolved(bench::zone_matrix(flows, changed_every));
  std::size_t cubes = 0, pairs = 0;
  while (state.KeepRunning()) {
    const change::Intent was(before), is(after);
    const auto difference = change::compare(was, is);
    if (!difference || difference->pairs.empty() != (changed_every == 0)) {
      state.SkipWithError("undecided, or no difference");
      break;
    }
    cubes = 0;
    pairs = difference->pairs.size();
    for (const change::PairDifference& pair : difference->pairs)
      cubes += pair.opened.cubes.size() + pair.closed.cubes.size();
  }
  state.counters["cubes"] = static_cast<double>(cubes);
  state.counters["pairs"] = static_cast<double>(pairs);
  state.counters["ns/flow"] =
      benchmark::Counter(static_cast<double>(flows),
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void equal(benchmark::State& state) { compare(state, static_cast<std::size_t>(state.range(0)), 0); }

void twenty_changes(benchmark::State& state) {
  const auto flows = static_cast<std::size_t>(state.range(0));
  compare(state, flows, flows / 10);
}

void two_of_ten_changed(benchmark::State& state) {
  compare(state, static_cast<std::size_t>(state.range(0)), 10);
}

BENCHMARK(equal)->RangeMultiplier(10)->Range(1'000, 100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(twenty_changes)->RangeMultiplier(10)->Range(1'000, 100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(two_of_ten_changed)->RangeMultiplier(10)->Range(1'000, 100'000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
