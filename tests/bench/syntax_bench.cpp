// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// From the YAML tree to typed values, at three sizes: hosts and conduits in the proportion of a large
// site. Time for each key and value of the file should not depend on how many there are.

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "compiler/syntax/parse.h"
#include "compiler/syntax/schema.h"
#include "compiler/yaml/load.h"

namespace {

using namespace cordon;

std::string policy(int hosts) {
  std::string text = "cordon: 1\nhosts:\n";
  for (int i = 0; i < hosts; ++i) {
    text += fmt::format("  h-{}: {{network: net-{}, ipv4: 10.{}.{}.{}}}\n", i, i / 6, i / 65536,
                        i / 256 % 256, i % 256);
  }
  text += "conduits:\n";
  for (int i = 0; i < hosts / 2; ++i) {
    text += fmt::format(
        "  c-{0}:\n    between: [zone-{0}, zone-{1}]\n    purpose: Telemetry of unit {0}\n    flows:\n"
        "      - {{from: [h-{0}, h-{1}], to: h-{2}, services: [comm-{0}, tcp/8443], log: true}}\n",
        i, i + 1, i * 2);
  }
  return text;
}

std::size_t count(const yaml::Node& node) {
  std::size_t total = 1;
  if (node.is_mapping()) {
    for (const yaml::Entry& entry : node.entries()) total += 1 + count(entry.value);
  } else if (node.is_sequence()) {
    for (const yaml::Node& item : node.items()) total += count(item);
  }
  return total;
}

void parse_policy(benchmark::State& state) {
  source::Sources sources;
  diagnostics::Diagnostics diagnostics;
  const source::FileId file = sources.add("cordon.yaml", policy(static_cast<int>(state.range(0))));
  std::optional<yaml::Document> loaded = yaml::load(sources, file, diagnostics);
  const auto document = std::make_shared<const yaml::Document>(std::move(*loaded));
  const auto nodes = static_cast<double>(count(document->root()));
  while (state.KeepRunning()) {
    benchmark::DoNotOptimize(syntax::parse(document, syntax::FileRole::project, diagnostics));
  }
  if (diagnostics.has_errors()) state.SkipWithError("the policy is faulty");
  state.counters["time/node"] =
      benchmark::Counter(nodes, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
  state.counters["nodes"] = nodes;
  state.counters["bytes"] = static_cast<double>(sources.text(file).size());
}
BENCHMARK(parse_policy)->Arg(2'400)->Arg(24'000)->Arg(120'000)->Unit(benchmark::kMillisecond);

void print_schema(benchmark::State& state) {
  while (state.KeepRunning()) benchmark::DoNotOptimize(syntax::json_schema());
}
BENCHMARK(print_schema)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
