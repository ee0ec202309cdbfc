// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// How long the packet-set engine takes: one canonical set, a proof of equality, the use of every line.

#include <cstddef>
#include <vector>

#include <benchmark/benchmark.h>

#include "compiler/packet/packet_set.h"
#include "tests/bench/packet_lists.h"
#ifdef CORDON_HAS_BUDDY
#include "tests/support/bdd_lists.h"
#endif

using namespace cordon::packet;
using namespace cordon::packet::bench;

namespace {

using Maker = void (*)(RuleList& list, std::size_t count, Family family);

struct Lists {
  Lists(Maker maker, Family family, std::size_t count) {
    maker(original, count, family);
    other = rewritten(original.rules, original);
  }
  RuleList original;
  std::vector<MatchRule> other;
};

void report(benchmark::State& state, std::size_t rules) {
  state.counters["ns/rule"] =
      benchmark::Counter(static_cast<double>(rules),
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void canonical(benchmark::State& state, Maker maker, Family family) {
  const Lists lists(maker, family, static_cast<std::size_t>(state.range(0)));
  while (state.KeepRunning()) {
    PacketSpace space;
    const auto set = space.permitted(lists.original.rules);
    if (!set) state.SkipWithError("undecided");
    benchmark::DoNotOptimize(set);
  }
  report(state, lists.original.rules.size());
}

void equality(benchmark::State& state, Maker maker, Family family) {
  const Lists lists(maker, family, static_cast<std::size_t>(state.range(0)));
  while (state.KeepRunning()) {
    PacketSpace space;
    const auto a = space.permitted(lists.original.rules);
    const auto b = space.permitted(lists.other);
    if (!a || !b || !(*a == *b)) state.SkipWithError("not proved equal");
  }
  report(state, lists.original.rules.size());
}

void line_uses(benchmark::State& state, Maker maker, Family family) {
  const Lists lists(maker, family, static_cast<std::size_t>(state.range(0)));
  while (state.KeepRunning()) {
    PacketSpace space;
    const auto uses = space.analyze(lists.other);
    if (!uses) state.SkipWithError("undecided");
    benchmark::DoNotOptimize(uses);
  }
  report(state, lists.other.size());
}

// What opens and what closes, as cubes for a reader, when ten rules are lost and ten denied.
void difference(benchmark::State& state, Maker maker, Family family) {
  const Lists lists(maker, family, static_cast<std::size_t>(state.range(0)));
  std::vector<MatchRule> changed = lists.other;
  for (std::size_t i = 1; i <= 10; ++i) {
    changed[changed.size() * i / 11].action = Action::deny;
    changed.erase(changed.begin() + static_cast<std::ptrdiff_t>(changed.size() * (2 * i - 1) / 22));
  }
  while (state.KeepRunning()) {
    PacketSpace space;
    const auto before = space.permitted(lists.original.rules);
    const auto after = space.permitted(changed);
    const auto closed = space.cover(*space.subtract(*before, *after));
    const auto opened = space.cover(*space.subtract(*after, *before));
    if (!closed || !opened || closed->empty()) state.SkipWithError("no difference");
    state.counters["cubes"] = static_cast<double>(closed->size() + opened->size());
  }
  report(state, lists.original.rules.size());
}

#ifdef CORDON_HAS_BUDDY
// The same question to a generic library.
void equality_bdd(benchmark::State& state, Maker maker, Family family) {
  const Lists lists(maker, family, static_cast<std::size_t>(state.range(0)));
  while (state.KeepRunning()) {
    const cordon::test::BddSpace space(1 << 20);
    if (space.permitted(lists.original.rules) != space.permitted(lists.other))
      state.SkipWithError("not proved equal");
  }
  report(state, lists.original.rules.size());
}
#endif

}  // namespace

#define PACKET_BENCH(what, maker, family, most)                    \
  BENCHMARK_CAPTURE(what, maker##_##family, maker, Family::family) \
      ->RangeMultiplier(10)                                        \
      ->Range(1000, most)                                          \
      ->Unit(benchmark::kMillisecond)

PACKET_BENCH(canonical, zone_list, ipv4, 100'000);
PACKET_BENCH(canonical, zone_list, ipv6, 100'000);
PACKET_BENCH(canonical, ugly_list, ipv4, 10'000);
PACKET_BENCH(equality, zone_list, ipv4, 100'000);
PACKET_BENCH(equality, ugly_list, ipv4, 10'000);
PACKET_BENCH(difference, zone_list, ipv4, 100'000);
PACKET_BENCH(line_uses, zone_list, ipv4, 100'000);
PACKET_BENCH(line_uses, ugly_list, ipv4, 10'000);
#ifdef CORDON_HAS_BUDDY
PACKET_BENCH(equality_bdd, zone_list, ipv4, 10'000);
PACKET_BENCH(equality_bdd, ugly_list, ipv4, 1000);
#endif

BENCHMARK_MAIN();
