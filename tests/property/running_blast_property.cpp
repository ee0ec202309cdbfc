// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// How far an intruder comes over running devices, against a closure that asks every path of every packet:
// each step is one that some path allows, and nothing is left that one more connection leads to.

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/change/parties.h"
#include "compiler/change/running_blast.h"
#include "compiler/change/twins.h"
#include "compiler/ir/endpoint_addresses.h"
#include "tests/support/random_question.h"
#include "tests/support/running_network.h"
#include "tests/support/running_paths.h"
#include "tests/support/simulator.h"

namespace cordon::change {
namespace {

using packet::Address;
using packet::Packet;
using test::PathVerdict;
using test::Random;

bool holds(const ir::Addresses& addresses, const Address& address) {
  return addresses.of(address.family).contains(address);
}
ir::Addresses both(ir::Addresses a, const ir::Addresses& b) {
  ir::add(a, b);
  return a;
}

// Over some addresses and some services alone.
class Closure {
 public:
  Closure(const test::RunningNetwork& network, RunningPermits& running, std::uint64_t seed)
      : policy_(network.policy), running_(running), paths_(network), intent_(policy_), twins_(policy_) {
    const std::vector<Packet> packets = test::random_packets(policy_, seed, 10);
    services_.assign(packets.begin(), packets.begin() + 5);
    for (const Packet& packet : packets) add(packet);
  }
  void add(const Packet& packet) {
    pool_.insert({packet.family, packet.source});
    pool_.insert({packet.family, packet.destination});
  }
  void add(const Part& part) {
    if (!part.example || pool_.size() > 24) return;
    add(*part.example);
    if (services_.size() < 9) services_.push_back(*part.example);
  }

  // The start included.
  std::set<Address> from(const ir::Addresses& start, std::size_t limit, bool sure) {
    std::set<Address> held, fresh;
    std::ranges::copy_if(pool_, std::inserter(held, held.end()),
                         [&](const Address& each) { return holds(start, each); });
    fresh = held;
    for (std::size_t step = 1; (limit == 0 || step <= limit) && !fresh.empty(); ++step) {
      ir::Addresses met;
      for (const Address& source : fresh) {
        for (const Address& target : pool_) {
          if (held.contains(target) || holds(met, target) || !opens(source, target, sure)) continue;
          met.of(target.family) = unite(met.of(target.family), packet::AddressSet(target));
        }
      }
      twins_.add_to(met);
      fresh.clear();
      for (const Address& each : pool_) {
        if (holds(met, each) && held.insert(each).second) fresh.insert(each);
      }
    }
    return held;
  }

  bool gets_through(const Packet& packet, bool sure) {
    const std::set<PathVerdict> verdicts = paths_.paths(packet);
    return verdicts.contains(PathVerdict::passes) || (!sure && verdicts.contains(PathVerdict::unknown));
  }

 private:
  bool opens(const Address& source, const Address& target, bool sure) {
    return source.family == target.family && std::ranges::any_of(services_, [&](Packet packet) {
             packet.source = source.bits;
             packet.destination = target.bits;
             return packet.family == source.family && gets_through(packet, sure) && counts(packet);
           });
  }

  // It could open a connection, and a filter or the policy speaks of it.
  bool counts(const Packet& packet) {
    const auto alone = [&](packet::Bits bits) {
      ir::Addresses only;
      only.of(packet.family) = packet::AddressSet(Address{packet.family, bits});
      return only;
    };
    const packet::PacketSpace& space = running_.space();
    const std::pair ends{Address{packet.family, packet.source}, Address{packet.family, packet.destination}};
    const auto known = questions_.find(ends);
    if (known != questions_.end())
      return space.contains(known->second.asked, packet) &&
             (intent_.opens(packet) || !space.contains(known->second.on_link, packet));
    const packet::PacketSet asked =
        running_.ask(alone(packet.source), alone(packet.destination), {packet::ServiceTerm{}}).asked;
    questions_.emplace(ends, Question{asked, running_.on_link(asked)});
    return counts(packet);
  }

  const ir::Policy& policy_;
  RunningPermits& running_;
  test::RunningPaths paths_;
  test::Intent intent_;
  Twins twins_;
  std::set<Address> pool_;
  std::vector<Packet> services_;
  struct Question {
    packet::PacketSet asked, on_link;
  };
  std::map<std::pair<Address, Address>, Question> questions_;
};

// Whoever is new has a connection from somebody who was there, or is somebody who has.
void require_reasons(const std::vector<RunningBlastEnd>& found, const ir::Addresses& before,
                     const test::RunningNetwork& network, Closure& closure, bool sure) {
  ir::Addresses held = before;
  const Twins twins(network.policy);
  const bool pairs = network.pairs;
  for (auto step = found.begin(); step != found.end();) {
    const auto last =
        std::find_if(step, found.end(), [&](const auto& each) { return each.step != step->step; });
    ir::Addresses targets, fresh;
    for (; step != last; ++step) {
      ir::add(fresh, step->addresses);
      for (const packet::Cube& cube : step->connections.cubes) {
        targets.of(cube.family()) = unite(targets.of(cube.family()), cube.destination);
        if (sure) REQUIRE(is_subset(cube.source, held.of(cube.family())));
      }
      // What rings leave open no path may decide.
      if (step->connections.example && (sure || !pairs))
        REQUIRE(closure.gets_through(*step->connections.example, sure));
    }
    twins.add_to(targets);
    if (sure) REQUIRE(is_subset(fresh, targets));
    REQUIRE(intersect(fresh, held).empty());
    ir::add(held, fresh);
  }
}

struct Seen {
  std::size_t reached = 0, maybe = 0, second = 0, beyond = 0, kept_out = 0, incomplete = 0;
};

void judge(test::RunningNetwork& network, Random& random, std::uint64_t seed, Seen& seen) {
  const Intent intent(network.policy);
  const auto read = network.read();
  RunningPermits running(intent, read);
  const std::vector<End> ends = ends_of(network.policy);
  const ir::FlowSet question = test::random_question(network.policy, random);
  const std::size_t limit = random.below(3);
  const auto blast = running_blast_radius(running, ends, question.from, limit);
  REQUIRE(blast);
  const ir::Addresses sure = both(blast->start, blast->reached),
                      possible = both(blast->start, blast->possible);
  REQUIRE(is_subset(sure, possible));
  REQUIRE((blast->blind.empty() == (sure == possible)));
  REQUIRE((network.gaps || network.pairs || sure == possible));
  REQUIRE((sure == possible || !blast->unknown_leads_nowhere));
  REQUIRE(intersect(blast->kept_out, possible).empty());

  Closure closure(network, running, seed);
  for (const auto* found : {&blast->sure, &blast->maybe}) {
    for (const RunningBlastEnd& each : *found) closure.add(each.connections);
  }
  require_reasons(blast->sure, blast->start, network, closure, true);
  require_reasons(blast->maybe, sure, network, closure, false);
  for (const Address& each : closure.from(blast->start, limit, true)) {
    CAPTURE(to_string(each));
    REQUIRE((network.pairs || holds(sure, each)));
    seen.reached += !holds(blast->start, each);
  }
  for (const Address& each : closure.from(blast->start, limit, false)) {
    CAPTURE(to_string(each));
    REQUIRE(holds(possible, each));
    seen.maybe += !holds(sure, each);
  }
  seen.second += blast->steps > 1;
  seen.beyond += std::ranges::any_of(blast->sure, [](const auto& each) { return !each.in_policy; });
  seen.kept_out += !blast->kept_out.empty();
  seen.incomplete += !blast->blind.empty();
}

TEST_CASE("a radius is what one connection after the other leads to, and no more") {
  Seen seen;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    CAPTURE(seed);
    Random random(seed);
    test::RunningNetwork network(seed);
    if (network.readings.empty()) continue;
    if (random.chance(80)) network.damage(random);
    if (random.chance(60)) network.make_gaps(random);
    if (random.chance(15)) network.make_pairs(random);
    judge(network, random, seed, seen);
  }
  MESSAGE(seen.reached << " reached and " << seen.maybe << " perhaps, " << seen.second
                       << " radii of more than one step, " << seen.beyond << " beyond the policy's, "
                       << seen.kept_out << " short of it, " << seen.incomplete << " incomplete");
  CHECK(seen.reached > 150);
  CHECK(seen.maybe > 50);
  CHECK(seen.second > 10);
  CHECK(seen.beyond > 15);
  CHECK(seen.incomplete > 20);
}

TEST_CASE("over devices that do what the policy says, the radius is the policy's own") {
  std::size_t reached = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    test::RunningNetwork network(seed);
    if (network.readings.empty()) continue;
    for (ir::Device& device : network.policy.devices) device.shortest_routing = false;
    const Intent intent(network.policy);
    const auto read = network.read();
    RunningPermits running(intent, read);
    Random random(seed);
    const auto ends = ends_of(network.policy);
    const ir::FlowSet question = test::random_question(network.policy, random);
    const auto blast = running_blast_radius(running, ends, question.from, 0);
    REQUIRE(blast);
    REQUIRE(blast->blind.empty());
    const Blast own = blast_radius(permits_of(intent), network.policy, ends, question.from);
    REQUIRE(blast->start == own.start);
    reached += own.reached == blast->reached && !own.reached.empty();
  }
  CHECK(reached > 10);
}

}  // namespace
}  // namespace cordon::change
