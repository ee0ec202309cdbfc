// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What is said of running configurations, packet by packet, against an evaluator that walks every simple path
// and asks every filter rule by rule: plans as they are, damaged, with lines that are not understood, with
// devices of which nothing was read, with filters between pairs of interfaces, and with stated routes.

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/change/dead_rules.h"
#include "compiler/change/running_query.h"
#include "compiler/ir/endpoint_addresses.h"
#include "compiler/packet/naive.h"
#include "compiler/plan/plan.h"
#include "compiler/prove/stated_routes.h"
#include "tests/support/as_reading.h"
#include "tests/support/cubes.h"
#include "tests/support/policy_builder.h"
#include "tests/support/random_policy.h"
#include "tests/support/random_question.h"
#include "tests/support/simulator.h"

namespace cordon::change {
namespace {

using packet::Action;
using packet::Packet;
using prove::EdgeId;
using prove::VertexId;
using test::holds;
using test::Random;

struct Network {
  ir::Policy policy;
  std::vector<config::Reading> readings;
  std::vector<ir::DeviceId> of_reading;
  bool gaps = false, pairs = false;

  explicit Network(std::uint64_t seed) : policy(test::random_policy(seed)) {
    if (policy.endpoints.empty() || policy.service_lists.empty()) return;
    Random random(seed * 7 + 1);
    diagnostics::Diagnostics faults;
    const plan::Plan plan = plan::plan(policy, test::capabilities_of(policy), faults, 1);
    if (faults.has_errors()) return;
    for (const config::Device& device : plan.devices)
      readings.push_back(test::as_reading(device, test::capabilities_named(device.platform)));
    for (const ir::DeviceId id : policy.devices.ids()) {
      if (policy.devices[id].configured()) of_reading.push_back(id);
    }
    if (random.chance(25)) state_routes(random);
  }

  void state_routes(Random& random) {
    for (ir::Device& device : policy.devices) device.shortest_routing = random.chance(50);
  }

  // By hand, in the night.
  void damage(Random& random) {
    for (config::Reading& reading : readings) {
      config::Device& device = reading.device;
      for (config::Filter& filter : device.filters) {
        if (filter.rules.empty() || !random.chance(40)) continue;
        config::Rule& rule = filter.rules[random.below(filter.rules.size())];
        if (random.chance(50)) {
          rule.action = rule.action == Action::permit ? Action::deny : Action::permit;
        } else {
          std::swap(rule, filter.rules[random.below(filter.rules.size())]);
        }
      }
      if (!device.bindings.empty() && random.chance(20))
        device.bindings.erase(device.bindings.begin() + random.below(device.bindings.size()));
    }
  }

  void make_gaps(Random& random) {
    for (config::Reading& reading : readings) {
      for (const config::FilterId id : reading.device.filters.ids()) {
        if (!random.chance(20)) continue;
        reading.gaps.push_back({.range = {}, .reason = "a test", .filter = id});
        gaps = true;
      }
      if (random.chance(8)) {
        reading.gaps.push_back({.range = {}, .reason = "all of it", .filter = {}});
        gaps = true;
      }
    }
    if (random.chance(20)) {
      const std::uint32_t lost = random.below(readings.size());
      readings.erase(readings.begin() + lost);
      of_reading.erase(of_reading.begin() + lost);
      gaps = true;
    }
  }

  // The filters of interfaces, each for one pair.
  void make_pairs(Random& random) {
    for (config::Reading& reading : readings) {
      if (!random.chance(50)) continue;
      std::vector<config::Binding> kept;
      for (const config::Binding& binding : reading.device.bindings) {
        if (binding.stage == config::Stage::own || !binding.interface.valid()) {
          kept.push_back(binding);
          continue;
        }
        const bool in = binding.stage == config::Stage::interface_in;
        for (const config::InterfaceId other : reading.device.interfaces.ids()) {
          if (random.chance(10)) continue;
          reading.between.push_back({.in = in ? binding.interface : other,
                                     .out = in ? other : binding.interface,
                                     .filter = binding.filter});
          pairs = true;
        }
      }
      reading.device.bindings = kept;
    }
  }

  [[nodiscard]] std::vector<prove::ReadDevice> read() const {
    std::vector<prove::ReadDevice> all;
    for (std::size_t i = 0; i < readings.size(); ++i)
      all.push_back(
          {of_reading[i], &readings[i], &test::capabilities_named(policy.devices[of_reading[i]].platform)});
    return all;
  }
};

enum class Verdict : std::uint8_t { passes, stopped, unknown };

// Every simple path of one packet, one after the other.
class Naive {
 public:
  explicit Naive(const Network& network)
      : network_(network), policy_(network.policy), forwarding_(policy_), routes_(forwarding_) {
    for (std::size_t i = 0; i < network.readings.size(); ++i)
      reading_.emplace(network.of_reading[i], &network.readings[i]);
  }

  std::set<Verdict> paths(const Packet& packet) {
    packet_ = packet;
    found_.clear();
    vertices_.clear();
    networks_.clear();
    const packet::Address source{packet.family, packet.source};
    for (const ir::NetworkId id : policy_.networks.ids()) {
      if (!policy_.networks[id].addresses.of(packet.family).contains(source)) continue;
      if (direct(id)) return {Verdict::passes};
      networks_.insert(id);
      for (const EdgeId in : forwarding_.edges_at(id)) {
        if (!owns(forwarding_.edges()[in].vertex, packet.source)) arrive(in, Verdict::passes, true);
      }
      networks_.clear();
    }
    for (const VertexId vertex : forwarding_.vertices().ids()) {
      if (!forwarding_.vertices()[vertex].answered.of(packet.family).contains(source)) continue;
      vertices_.insert(vertex);
      for (const EdgeId out : forwarding_.vertices()[vertex].edges) {
        if (routed(vertex, out)) put_on(out, Verdict::passes);
      }
      vertices_.clear();
    }
    return found_;
  }

 private:
  [[nodiscard]] bool hosts(ir::NetworkId id, packet::Bits bits) const {
    return ir::hosts_of(policy_, id).of(packet_.family).contains({packet_.family, bits});
  }
  [[nodiscard]] bool owns(VertexId vertex, packet::Bits bits) const {
    return forwarding_.vertices()[vertex].own.of(packet_.family).contains({packet_.family, bits});
  }
  [[nodiscard]] bool answers(VertexId vertex) const {
    return forwarding_.vertices()[vertex]
        .answered.of(packet_.family)
        .contains({packet_.family, packet_.destination});
  }
  [[nodiscard]] bool direct(ir::NetworkId id) const {
    const ir::Network& network = policy_.networks[id];
    const bool apart = network.zone.valid() && policy_.zones[network.zone].isolate;
    return hosts(id, packet_.source) && hosts(id, packet_.destination) &&
           (!apart || network.any(packet_.family));
  }
  [[nodiscard]] bool routed(VertexId vertex, EdgeId out) const {
    for (const ir::NetworkId id : policy_.networks.ids()) {
      if (hosts(id, packet_.destination))
        return routes_.allows(vertex, out, routes_.class_of(id), packet_.family);
    }
    return true;
  }

  static Verdict worse(Verdict a, Verdict b) {
    if (a == Verdict::stopped || b == Verdict::stopped) return Verdict::stopped;
    return a == Verdict::unknown || b == Verdict::unknown ? Verdict::unknown : Verdict::passes;
  }

  [[nodiscard]] Verdict ask(const config::Reading& reading, config::FilterId id) const {
    for (const config::Gap& gap : reading.gaps) {
      if (gap.filter == id) return Verdict::unknown;
    }
    std::vector<packet::MatchRule> rules;
    for (const config::Rule& rule : reading.device.filters[id].rules)
      rules.push_back(config::to_match(reading.device, rule));
    return packet::evaluate(rules, packet_) == Action::permit ? Verdict::passes : Verdict::stopped;
  }

  // Of the filters that are bound so.
  template <class Here, class There>
  [[nodiscard]] Verdict filters(EdgeId edge, Here here, There there) const {
    const ir::DeviceId device = forwarding_.edges()[edge].device;
    if (!policy_.devices[device].configured()) return Verdict::passes;
    const auto known = reading_.find(device);
    if (known == reading_.end()) return Verdict::unknown;
    const config::Reading& reading = *known->second;
    for (const config::Gap& gap : reading.gaps) {
      if (!gap.filter.valid()) return Verdict::unknown;
    }
    Verdict verdict = Verdict::passes;
    for (const config::Binding& binding : reading.device.bindings) {
      if (here(binding)) verdict = worse(verdict, ask(reading, binding.filter));
    }
    for (const config::Between& pair : reading.between) {
      if (there(pair)) verdict = worse(verdict, ask(reading, pair.filter));
    }
    return verdict;
  }

  void arrive(EdgeId in, Verdict so_far, bool onward) {
    const VertexId vertex = forwarding_.edges()[in].vertex;
    const std::uint32_t number = forwarding_.edges()[in].interface;
    if (vertices_.contains(vertex)) return;
    if (answers(vertex)) {
      const Verdict own = filters(
          in,
          [&](const config::Binding& binding) {
            return binding.stage == config::Stage::own &&
                   (!binding.interface.valid() || binding.interface.value == number);
          },
          [](const config::Between&) { return false; });
      found_.insert(worse(so_far, own));
      if (owns(vertex, packet_.destination)) return;  // who shares it may pass it on
    }
    if (!onward || owns(vertex, packet_.source)) return;
    const Verdict received = filters(
        in,
        [&](const config::Binding& binding) {
          return binding.stage == config::Stage::interface_in && binding.interface.value == number;
        },
        [](const config::Between&) { return false; });
    vertices_.insert(vertex);
    for (const EdgeId out : forwarding_.vertices()[vertex].edges) leave(in, out, worse(so_far, received));
    vertices_.erase(vertex);
  }

  void leave(EdgeId in, EdgeId out, Verdict so_far) {
    const ir::NetworkId network = forwarding_.edges()[out].network;
    const bool back = hosts(network, packet_.source) && hosts(network, packet_.destination);
    if (!back && (in == out || networks_.contains(network))) return;
    if (!routed(forwarding_.edges()[in].vertex, out)) return;
    const std::uint32_t from = forwarding_.edges()[in].interface, to = forwarding_.edges()[out].interface;
    const Verdict sent = filters(
        out,
        [&](const config::Binding& binding) {
          return binding.stage == config::Stage::interface_out && binding.interface.value == to;
        },
        [&](const config::Between& pair) { return pair.in.value == from && pair.out.value == to; });
    put_on(out, worse(so_far, sent));
  }

  void put_on(EdgeId out, Verdict verdict) {
    const ir::NetworkId network = forwarding_.edges()[out].network;
    if (hosts(network, packet_.destination)) {
      found_.insert(verdict);
      return;
    }
    const bool through = forwarding_.passes_through(network);
    const ir::Network& here = policy_.networks[network];
    const bool near = !here.any(packet_.family) &&
                      here.addresses.of(packet_.family).contains({packet_.family, packet_.destination});
    if (!through && !near) return;
    if (!networks_.insert(network).second) return;
    for (const EdgeId in : forwarding_.edges_at(network)) {
      if (in != out) arrive(in, verdict, through);
    }
    networks_.erase(network);
  }

  const Network& network_;
  const ir::Policy& policy_;
  prove::Forwarding forwarding_;
  prove::StatedRoutes routes_;
  std::map<ir::DeviceId, const config::Reading*> reading_;
  Packet packet_;
  std::set<VertexId> vertices_;
  std::set<ir::NetworkId> networks_;
  std::set<Verdict> found_;
};

struct Seen {
  std::size_t allowed = 0, denied = 0, differs = 0, some = 0, unknown = 0, careful = 0, ringed = 0;
};

void judge(const Network& network, RunningPermits& running, const RunningFate& fate, Naive& naive,
           const Packet& packet, Seen& seen) {
  CAPTURE(to_string(packet));
  const packet::PacketSpace& space = running.space();
  const bool allowed = space.contains(fate.allowed, packet), denied = space.contains(fate.denied, packet);
  const bool differs = space.contains(fate.differs, packet), some = space.contains(fate.some, packet);
  const bool unknown = space.contains(fate.unknown, packet);
  REQUIRE(allowed + denied + differs + some + unknown == space.contains(fate.asked, packet));
  if (!space.contains(fate.asked, packet)) return;
  const std::set<Verdict> paths = naive.paths(packet);
  const bool passes = paths.contains(Verdict::passes), stops = paths.contains(Verdict::stopped);
  const bool open = paths.contains(Verdict::unknown);
  if (allowed) REQUIRE((passes && !stops && !open));
  if (denied) REQUIRE((!passes && !open));
  if (differs || some) REQUIRE(passes);
  if (unknown && !network.pairs) REQUIRE(open);
  if (!network.gaps) REQUIRE((!some && (network.pairs || !unknown)));
  // The other way round: what every path decides alike is told so.
  if (!network.pairs && !passes && !open) REQUIRE(denied);
  if (!network.pairs && passes) REQUIRE((allowed || differs || some));
  seen.allowed += allowed;
  seen.denied += denied;
  seen.differs += differs;
  seen.some += some;
  seen.unknown += unknown;
  seen.careful += (differs && !stops) || (some && !open) || (unknown && !open);
}

// What is not known has a reason that is told, and nothing else has.
void require_reasons(const Network& network, RunningPermits& running, const RunningFate& fate) {
  const packet::PacketSet none = running.space().empty();
  for (const packet::PacketSet& set : {fate.unknown, fate.some}) {
    const std::vector<Blind> blind = running.blind_for(set);
    REQUIRE(blind.empty() == (set == none));
    for (const Blind& each : blind) {
      if (!network.gaps) REQUIRE((each.ring && each.gaps.empty() && each.unread.empty() && !each.not_given));
      if (!network.pairs) REQUIRE(!each.ring);
    }
  }
}

Seen judge_all(std::uint64_t seeds, bool gaps, bool pairs) {
  Seen seen;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    Network network(seed);
    if (network.readings.empty()) continue;
    if (random.chance(80)) network.damage(random);
    if (gaps) network.make_gaps(random);
    if (pairs) network.make_pairs(random);
    const Intent intent(network.policy);
    const auto read = network.read();
    RunningPermits running(intent, read);
    Naive naive(network);
    for (std::uint64_t count = 0; count < 3; ++count) {
      const ir::FlowSet question = test::random_question(network.policy, random);
      const RunningFate fate = running.ask(question.from, question.to, question.services);
      require_reasons(network, running, fate);
      seen.ringed += !gaps && !(fate.unknown == running.space().empty());
      for (const packet::PacketSet& set :
           {fate.allowed, fate.denied, fate.differs, fate.some, fate.unknown}) {
        if (const auto packet = running.space().witness(set))
          judge(network, running, fate, naive, *packet, seen);
      }
      for (const Packet& packet : test::random_packets(network.policy, seed + 1000 * count, 60))
        judge(network, running, fate, naive, packet, seen);
    }
  }
  MESSAGE(seen.allowed << " allowed, " << seen.denied << " denied, " << seen.differs << " differ, "
                       << seen.some << " on some way, " << seen.unknown << " unknown, " << seen.careful
                       << " told with more care than needed");
  return seen;
}

TEST_CASE("what is understood is decided, as every path of every packet is") {
  const Seen seen = judge_all(500, false, false);
  CHECK(seen.allowed > 500);
  CHECK(seen.denied > 500);
  CHECK(seen.differs > 50);
}

TEST_CASE("what is not understood is never claimed") {
  const Seen seen = judge_all(500, true, false);
  CHECK(seen.allowed > 200);
  CHECK(seen.denied > 200);
  CHECK(seen.unknown > 200);
}

TEST_CASE("filters between pairs of interfaces") {
  const Seen seen = judge_all(300, false, true);
  CHECK(seen.allowed > 200);
  CHECK(seen.denied > 200);
  CHECK(seen.ringed > 5);
}

TEST_CASE("filters between pairs of interfaces that are not all understood") { judge_all(80, true, true); }

bool in_zone(const ir::Policy& policy, const packet::AddressSet& addresses) {
  return std::ranges::all_of(policy.networks, [&](const ir::Network& network) {
    return network.zone.valid() || !packet::intersects(network.addresses.of(addresses.family()), addresses);
  });
}

// Between zones a filter has to stand on every path; hosts in no zone may meet none, and a device's own
// packets pass its filters.
bool between_zones(const ir::Policy& policy, const std::vector<packet::Cube>& cubes) {
  return std::ranges::any_of(cubes, [&](const packet::Cube& cube) {
    return !packet::intersects(cube.source, policy.device_addresses.of(cube.family())) &&
           !packet::intersects(cube.destination, policy.device_addresses.of(cube.family())) &&
           in_zone(policy, cube.source) && in_zone(policy, cube.destination);
  });
}

TEST_CASE("devices that do what the policy says do no more and no less, end by end") {
  std::size_t reached = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    CAPTURE(seed);
    Network network(seed);
    // A gateway that is not ours may send hosts back into a network that keeps them apart.
    if (network.readings.empty() || !std::ranges::all_of(network.policy.devices, &ir::Device::configured))
      continue;
    for (ir::Device& device : network.policy.devices) device.shortest_routing = false;
    const ir::Policy& policy = network.policy;
    const Intent intent(policy);
    const auto read = network.read();
    RunningPermits running(intent, read);
    Naive naive(network);
    const std::vector<End> ends = ends_of(policy);
    Random random(seed);
    const ir::FlowSet question = test::random_question(policy, random);
    for (const bool towards : {true, false}) {
      const auto answer = towards ? running_who_reaches(running, ends, question.to)
                                  : running_reached_from(running, ends, question.to);
      REQUIRE(answer);
      REQUIRE(answer->blind.empty());
      REQUIRE(answer->found.size() == ends.size());
      for (const RunningEnd& each : answer->found) {
        CAPTURE(ends[each.end].name);
        REQUIRE(!between_zones(policy, each.found.beyond.cubes));
        // What no way leads to nobody can let through.
        if (between_zones(policy, each.found.short_of.cubes))
          REQUIRE(naive.paths(*each.found.short_of.example).empty());
        REQUIRE(each.found.unknown.empty());
        reached += !each.found.causes.empty();
      }
    }
    const auto reach = running_reach(running, question);
    const auto trip = running_roundtrip(running, question);
    REQUIRE(reach);
    REQUIRE(trip);
    REQUIRE(!between_zones(policy, trip->lost.cubes));
    const auto lines = running_lines(running, question);
    REQUIRE(lines);
    for (const RunningLine& line : lines->lines) REQUIRE(!line.part.empty());
  }
  CHECK(reached > 100);
}

// Which rule decides about a packet, one after the other.
std::size_t deciding(const config::Device& device, const config::Filter& filter, const Packet& packet) {
  for (std::size_t rule = 0; rule < filter.rules.size(); ++rule) {
    packet::MatchRule alone = config::to_match(device, filter.rules[rule]);
    alone.action = Action::permit;
    if (packet::evaluate({&alone, 1}, packet) == Action::permit) return rule;
  }
  return filter.rules.size();
}

TEST_CASE("a dead line decides about no packet, and those that cover it do") {
  std::size_t dead_lines = 0, otherwise = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    Network network(seed);
    if (network.readings.empty()) continue;
    network.damage(random);
    std::uint32_t line = 0;
    for (config::Reading& reading : network.readings) {
      for (config::Filter& filter : reading.device.filters) {
        for (config::Rule& rule : filter.rules) {
          rule.origin = reading.device.origins.push_back(
              {.label = {}, .note = {}, .range = {source::FileId{0}, line, line + 1}});
          ++line;
        }
      }
    }
    const auto dead = find_dead_rules(network.read());
    REQUIRE(dead);
    REQUIRE(dead->lines == line);
    std::set<std::uint32_t> lines;
    for (const DeadRule& each : dead->found) {
      lines.insert(each.line.begin);
      REQUIRE(!each.covered_by.empty());
      for (const RunningRule& by : each.covered_by) REQUIRE(by.line.begin < each.line.begin);
      otherwise += each.otherwise;
    }
    dead_lines += lines.size();
    for (const Packet& packet : test::random_packets(network.policy, seed, 200)) {
      for (const config::Reading& reading : network.readings) {
        for (const config::Filter& filter : reading.device.filters) {
          const std::size_t rule = deciding(reading.device, filter, packet);
          if (rule < filter.rules.size()) REQUIRE(!lines.contains(reading.line_of(filter.rules[rule]).begin));
        }
      }
    }
  }
  CHECK(dead_lines > 100);
  CHECK(otherwise > 20);
}

}  // namespace
}  // namespace cordon::change
