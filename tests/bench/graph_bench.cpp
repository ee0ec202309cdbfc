// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Who could take over whom, at three sizes: zones with 200 hosts and ten conduits each. Time for each zone
// should not depend on how many there are.

#include <random>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "compiler/graph/exposure_graph.h"

namespace {

using namespace cordon;
using ir::Family;

constexpr std::uint32_t hosts_each = 200, conduits_each = 10;

class Site {
 public:
  Site(std::uint32_t zones, bool isolate) {
    for (std::uint32_t i = 0; i < zones; ++i) add_zone(i, isolate);
    ir::ServiceList list{.label = "https", .terms = {}};
    list.terms.push_back(packet::parse_service("tcp/443").term.value());
    policy_.service_lists.push_back(std::move(list));
    for (std::uint32_t i = 0; i < zones * conduits_each; ++i) add_conduit(i);
  }

  ir::Policy take() { return std::move(policy_); }

 private:
  static packet::Bits v4(std::uint32_t zone, std::uint32_t host) {
    return (packet::Bits{10} << 24) | (zone << 8) | host;
  }
  static packet::Bits v6(std::uint32_t zone, std::uint32_t host) {
    return (packet::Bits{0xfd00} << 112) | (packet::Bits{zone} << 64) | host;
  }

  void add_zone(std::uint32_t number, bool isolate) {
    const ir::ZoneId zone{number};
    const ir::NetworkId id{number};
    ir::Network network;
    network.name = fmt::format("n-{}", number);
    network.zone = zone;
    network.prefixes = {{.address = {.family = Family::ipv4, .bits = v4(number, 0)}, .length = 24},
                        {.address = {.family = Family::ipv6, .bits = v6(number, 0)}, .length = 64}};
    network.addresses.v4 = packet::AddressSet(network.prefixes[0]);
    network.addresses.v6 = packet::AddressSet(network.prefixes[1]);
    ir::Endpoint whole{.label = network.name, .pieces = {}, .device = {}};
    whole.pieces.push_back({.network = id, .addresses = network.addresses, .whole = true});
    policy_.endpoints.push_back(std::move(whole));
    policy_.networks.push_back(std::move(network));
    ir::Zone item;
    item.name = fmt::format("zone-{}", number);
    item.networks = {id};
    item.isolate = isolate;
    policy_.zones.push_back(std::move(item));
    for (std::uint32_t i = 1; i <= hosts_each; ++i) {
      ir::Host host;
      host.name = fmt::format("h-{}-{}", number, i);
      host.network = id;
      host.ipv4 = {.family = Family::ipv4, .bits = v4(number, i)};
      host.ipv6 = {.family = Family::ipv6, .bits = v6(number, i)};
      policy_.hosts.push_back(std::move(host));
    }
  }

  // A whole zone, or a host of it.
  ir::EndpointId end() {
    const auto zone = static_cast<std::uint32_t>(random_() % policy_.zones.size());
    if (random_() % 4 == 0) return ir::EndpointId{zone};
    const ir::Host& host =
        policy_.hosts[ir::HostId{zone * hosts_each + static_cast<std::uint32_t>(random_() % hosts_each)}];
    ir::Piece piece{.network = host.network, .addresses = {}, .whole = false};
    piece.addresses.v4 = packet::AddressSet(*host.ipv4);
    piece.addresses.v6 = packet::AddressSet(*host.ipv6);
    return policy_.endpoints.push_back({.label = host.name, .pieces = {piece}, .device = {}});
  }

  void add_conduit(std::uint32_t number) {
    ir::Conduit conduit;
    conduit.name = fmt::format("c-{}", number);
    ir::Flow flow;
    flow.conduit = ir::ConduitId{number};
    flow.number = 1;
    flow.from = end();
    flow.to = end();
    flow.services = ir::ServiceListId{0};
    conduit.flows.push_back(std::move(flow));
    policy_.conduits.push_back(std::move(conduit));
  }

  ir::Policy policy_;
  std::mt19937_64 random_{1};
};

void count_zones(benchmark::State& state) {
  state.counters["time/zone"] =
      benchmark::Counter(static_cast<double>(state.range(0)),
                         benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void expose(benchmark::State& state, bool isolate) {
  const ir::Policy policy = Site(static_cast<std::uint32_t>(state.range(0)), isolate).take();
  while (state.KeepRunning()) benchmark::DoNotOptimize(graph::ExposureGraph(policy));
  count_zones(state);
}

void reach(benchmark::State& state, bool isolate) {
  const ir::Policy policy = Site(static_cast<std::uint32_t>(state.range(0)), isolate).take();
  const graph::ExposureGraph exposure(policy);
  const std::vector<graph::PartyId>& from = exposure.parties().of(ir::ZoneId{0});
  while (state.KeepRunning()) benchmark::DoNotOptimize(graph::exposed_to(exposure, from));
  count_zones(state);
}

void attack(benchmark::State& state, bool isolate) {
  const ir::Policy policy = Site(static_cast<std::uint32_t>(state.range(0)), isolate).take();
  const graph::ExposureGraph exposure(policy);
  const std::vector<graph::PartyId>& from = exposure.parties().of(ir::ZoneId{0});
  const std::vector<graph::PartyId>& to = exposure.parties().of(ir::ZoneId{1});
  while (state.KeepRunning()) benchmark::DoNotOptimize(graph::attack_paths(exposure, from, to, 5));
  count_zones(state);
}

#define SIZES Arg(5)->Arg(50)->Arg(500)->Unit(benchmark::kMicrosecond)
BENCHMARK_CAPTURE(expose, zones_talk, false)->SIZES;
BENCHMARK_CAPTURE(expose, zones_isolate, true)->SIZES;
BENCHMARK_CAPTURE(reach, zones_talk, false)->SIZES;
BENCHMARK_CAPTURE(reach, zones_isolate, true)->SIZES;
BENCHMARK_CAPTURE(attack, zones_talk, false)->SIZES;
BENCHMARK_CAPTURE(attack, zones_isolate, true)->SIZES;

}  // namespace

BENCHMARK_MAIN();
