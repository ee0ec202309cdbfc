// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Which of ten thousand flows are superfluous: of a hospital with many zones, of one large conduit that was
// grown by hand, and of one in which nothing is. Time for each flow should not depend on how many there are.

#include <cstdint>
#include <random>
#include <vector>

#include <benchmark/benchmark.h>

#include "compiler/check/superfluous.h"

namespace {

using namespace cordon;
using check::TrafficPart;
using Random = std::mt19937_64;

packet::AddressSet addresses(std::uint32_t first, std::uint32_t count) {
  return {packet::Family::ipv4, {{first, first + count - 1}}};
}

TrafficPart flow(const packet::AddressSet& from, const packet::AddressSet& to, std::uint16_t first,
                 std::uint16_t last) {
  TrafficPart part;
  part.from.v4 = from;
  part.to.v4 = to;
  packet::ServiceTerm term;
  term.protocol = packet::protocol::tcp;
  term.destination = {first, last};
  part.services = {term};
  return part;
}

constexpr std::uint32_t block = 0x0a000000;

// Twenty flows between each pair of neighbouring zones of 256 addresses; a fifth repeats, or lies in others.
std::vector<TrafficPart> of_zones(std::size_t count) {
  Random random(1);
  std::vector<TrafficPart> parts;
  while (parts.size() < count) {
    const auto zone = static_cast<std::uint32_t>(parts.size() / 20 * 512 + block);
    const auto port = static_cast<std::uint16_t>(1000 + random() % 40);
    const auto host = zone + 256 + static_cast<std::uint32_t>(random() % 8);
    if (parts.size() % 5 == 4) {
      parts.push_back(
          flow(addresses(zone, 16), addresses(host, 1), port, static_cast<std::uint16_t>(port + 3)));
    } else {
      parts.push_back(
          flow(addresses(zone, 256), addresses(host, 1), port, static_cast<std::uint16_t>(port + 2)));
    }
  }
  return parts;
}

// One conduit of two zones of 4,096 addresses: hosts, small and large prefixes, port ranges that overlap.
std::vector<TrafficPart> grown_by_hand(std::size_t count) {
  Random random(2);
  const auto end = [&](std::uint32_t zone) {
    const std::uint32_t size = random() % 10 == 0 ? 64 : 1;
    return addresses(zone + static_cast<std::uint32_t>(random() % (4096 / size)) * size, size);
  };
  std::vector<TrafficPart> parts;
  while (parts.size() < count) {
    const auto port = static_cast<std::uint16_t>(1 + random() % 200);
    const auto last = static_cast<std::uint16_t>(random() % 4 == 0 ? port + random() % 50 : port);
    parts.push_back(flow(end(block), end(block + 8192), port, last));
    if (random() % 20 == 0) parts.push_back(parts[random() % parts.size()]);
  }
  return parts;
}

// Every flow between the same two ends, each on a port of its own.
std::vector<TrafficPart> all_needed(std::size_t count) {
  std::vector<TrafficPart> parts;
  while (parts.size() < count) {
    const auto port = static_cast<std::uint16_t>(1024 + parts.size());
    parts.push_back(flow(addresses(block, 4096), addresses(block + 8192, 16), port, port));
  }
  return parts;
}

void measure(benchmark::State& state, std::vector<TrafficPart> (*make)(std::size_t)) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const std::vector<TrafficPart> parts = make(count);
  std::size_t found = 0;
  while (state.KeepRunning()) {
    const auto result = check::find_superfluous(parts);
    if (!result) return state.SkipWithError("undecided");
    found = result->size();
  }
  state.counters["found"] = static_cast<double>(found);
}
BENCHMARK_CAPTURE(measure, of_zones, of_zones)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(measure, grown_by_hand, grown_by_hand)
    ->Arg(1'000)
    ->Arg(10'000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(measure, all_needed, all_needed)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
