// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Assertions on thousands of random small policies: every answer against one that tries every packet, and
// every counterexample against the packets that are one.

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "compiler/check/assertions/answer.h"
#include "compiler/graph/exposure_graph.h"
#include "tests/support/naive_assertions.h"
#include "tests/support/policy_builder.h"
#include "tests/support/random.h"

namespace cordon::check {
namespace {

using ir::Family;
using packet::Address;
using test::Random;
using Kind = ir::Assertion::Kind;

// A firewall on every network, zones of one or two networks, hosts with two addresses, some of them literals.
class World {
 public:
  explicit World(std::uint64_t seed) : random_(seed) {
    const std::uint32_t zones = 2 + random_.below(3);
    builder_.device("fw", "stateful");
    for (std::uint32_t zone = 0; zone < zones; ++zone) add_zone(zone);
    if (random_.chance(50)) {
      builder_.network("web", {"any4", "any6"});
      builder_.zone("web", {"web"});
      ends_.push_back({"web", "203.0.113.9"});
      outside_ = {*packet::parse_address("203.0.113.9"), *packet::parse_address("198.51.100.1"),
                  *packet::parse_address("2001:db8::9"), *packet::parse_address("2001:db9::1")};
    }
    ends_.push_back({"device:fw"});
    builder_.settle();
    for (std::uint32_t flows = 1 + random_.below(6); flows > 0; --flows) add_flow(flows);
    for (std::uint32_t count = 0; count < 4; ++count) add_assertion();
  }

  [[nodiscard]] const ir::Policy& policy() { return builder_.policy(); }
  [[nodiscard]] const std::vector<Address>& outside() const { return outside_; }

 private:
  void add_zone(std::uint32_t zone) {
    std::vector<std::string> networks, ends{fmt::format("z{}", zone)};
    for (std::uint32_t network = 0; network < 1 + random_.below(2); ++network) {
      const std::string name = fmt::format("n{}{}", zone, network),
                        base = fmt::format("10.{}.{}.", zone, network),
                        base6 = fmt::format("fd00:{}:{}::", zone, network);
      std::vector<std::string> prefixes{base + "0/30"};
      if (random_.chance(60)) prefixes.push_back(base6 + "/126");
      builder_.network(name, prefixes);
      builder_.interface("fw", "to-" + name, name,
                         prefixes.size() > 1 ? std::vector<std::string>{base + "1", base6 + "1"}
                                             : std::vector<std::string>{base + "1"});
      ir::Host host;
      host.name = "h-" + name;
      host.network = builder_.network_id(name);
      host.ipv4 = packet::parse_address(base + "2");
      if (prefixes.size() > 1) host.ipv6 = packet::parse_address(base6 + "2");
      builder_.policy().hosts.push_back(host);
      networks.push_back(name);
      ends.insert(ends.end(), {name, base + "2", base + "2/31", base + "3"});
      if (prefixes.size() > 1) ends.insert(ends.end(), {base6 + "2", base6 + "3"});
      if (random_.chance(20)) ends.push_back(base + "1");
    }
    builder_.zone(ends.front(), networks, random_.chance(50));
    ends_.push_back(ends);
  }

  std::vector<std::string> services() {
    static const std::vector<std::vector<std::string>> all{
        {"tcp/1"}, {"tcp/1-3", "udp/2"},          {"tcp/2"}, {"udp/1-2"}, {"icmp/echo-request"},
        {"any"},   {"tcp", "icmpv6/echo-request"}};
    return random_.pick(all);
  }

  // Ends of one zone, one or two of them.
  std::vector<std::string> end(std::size_t of) {
    std::vector<std::string> some{random_.pick(ends_[of])};
    if (random_.chance(25) && !some.front().starts_with("device:")) some.push_back(random_.pick(ends_[of]));
    return some;
  }

  void add_flow(std::uint32_t number) {
    const std::size_t from = random_.below(ends_.size());
    std::size_t to = random_.below(ends_.size() - 1);
    if (to >= from) ++to;
    builder_.flow(fmt::format("c{}", number), end(from), end(to), services());
  }

  std::vector<ir::EndpointId> asked_end() {
    std::vector<ir::EndpointId> ids{builder_.endpoint(end(random_.below(ends_.size())))};
    if (random_.chance(25)) ids.push_back(builder_.endpoint(end(random_.below(ends_.size()))));
    return ids;
  }

  void add_assertion() {
    static const std::vector<Kind> kinds{Kind::never, Kind::always, Kind::only, Kind::via};
    ir::Assertion assertion;
    assertion.name = "a";
    assertion.kind = random_.pick(kinds);
    assertion.traffic.from = asked_end();
    assertion.traffic.to = asked_end();
    if (random_.chance(60)) {
      ir::ServiceList list;
      for (const std::string& service : services())
        list.terms.push_back(*packet::parse_service(service).term);
      list.terms = packet::normalize(std::move(list.terms));
      assertion.traffic.services = builder_.policy().service_lists.push_back(std::move(list));
    }
    if (assertion.kind == Kind::via || (assertion.kind == Kind::only && random_.chance(50)))
      assertion.through = asked_end();
    builder_.policy().evidence.assertions.push_back(std::move(assertion));
  }

  Random random_;
  test::PolicyBuilder builder_;
  std::vector<std::vector<std::string>> ends_;  // of each zone, and of the device
  std::vector<Address> outside_;
};

Context context_of(const ir::Policy& policy) {
  return Context({.policy = policy,
                  .standards = nullptr,
                  .as_of = {},
                  .bridges = [](ir::DeviceId) { return false; },
                  .tracks = {}});
}

bool contains(const Traffic& traffic, const packet::Packet& packet) {
  TrafficSpace space;
  packet::Packet fresh = packet;
  fresh.state = packet::State::fresh;
  return space.packets().contains(*space.set(traffic), fresh);
}

bool truth(const test::NaiveAssertions& naive, const ir::Assertion& assertion) {
  switch (assertion.kind) {
    case Kind::never:
      return naive.never(assertion);
    case Kind::always:
      return naive.always(assertion);
    case Kind::only:
      return naive.only(assertion);
    default:
      return naive.via(assertion);
  }
}

TEST_CASE("every answer is what trying every packet says") {
  std::size_t held = 0, broken = 0, vacuous_ones = 0;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    World world(seed);
    const Context context = context_of(world.policy());
    const test::NaiveAssertions naive(world.policy(), world.outside());
    Desk desk(context);
    for (const ir::Assertion& assertion : world.policy().evidence.assertions) {
      const Answer found = answer(desk, assertion);
      CAPTURE(seed);
      CAPTURE(to_string(assertion.kind));
      CAPTURE(found.text);
      REQUIRE(found.outcome != Outcome::undecided);
      CHECK((found.outcome != Outcome::broken) == truth(naive, assertion));
      // Ends without a family in common are joined in steps only, and no packet is from one to the other.
      CHECK((found.outcome == Outcome::broken || found.traffic.empty()));
      held += found.outcome == Outcome::held ? 1U : 0U;
      broken += found.outcome == Outcome::broken ? 1U : 0U;
      vacuous_ones += found.outcome == Outcome::vacuous ? 1U : 0U;
    }
  }
  MESSAGE(held, " held, ", broken, " broken, ", vacuous_ones, " vacuous");
  CHECK(held > 1000);
  CHECK(broken > 1000);
  CHECK(vacuous_ones > 100);
}

TEST_CASE("a counterexample is all that breaks the assertion and nothing else") {
  for (std::uint64_t seed = 0; seed < 250; ++seed) {
    World world(seed);
    const Context context = context_of(world.policy());
    const test::NaiveAssertions naive(world.policy(), world.outside());
    Desk desk(context);
    for (const ir::Assertion& assertion : world.policy().evidence.assertions) {
      const Answer found = answer(desk, assertion);
      const ir::Traffic& ends = assertion.traffic;
      const auto from = naive.members(ends.from), to = naive.members(ends.to);
      if (assertion.kind == Kind::always) {
        for (const packet::Packet& packet : naive.asked(from, to, ends.services)) {
          CAPTURE(seed);
          CAPTURE(found.text);
          CAPTURE(to_string(packet));
          CHECK(contains(found.traffic, packet) == !naive.opens(packet));
        }
      }
      if (assertion.kind == Kind::never) {
        const auto arrivals = naive.arrivals(from, to, ends.services, {});
        for (const packet::Packet& packet : naive.asked(from, to, ends.services)) {
          const bool arrives = arrivals.contains({packet.family, packet.destination});
          if (naive.opens(packet)) CHECK(contains(found.traffic, packet));
          if (!naive.opens(packet) && !arrives) CHECK_FALSE(contains(found.traffic, packet));
        }
      }
      if (assertion.kind == Kind::only && assertion.through.empty()) {
        const test::NaiveAssertions::Addresses everybody(naive.universe().begin(), naive.universe().end());
        for (const packet::Packet& packet : naive.asked(everybody, to, ends.services)) {
          const bool other = !from.contains({packet.family, packet.source});
          CHECK(contains(found.traffic, packet) == (other && naive.flow_opens(packet)));
        }
      }
    }
  }
}

TEST_CASE("steps: who starts and who is reached") {
  for (std::uint64_t seed = 0; seed < 250; ++seed) {
    World world(seed);
    const Context context = context_of(world.policy());
    const test::NaiveAssertions naive(world.policy(), world.outside());
    const Steps steps(context);
    for (const ir::Assertion& assertion : world.policy().evidence.assertions) {
      const ir::Traffic& ends = assertion.traffic;
      const packet::ServiceSet* services =
          ends.services.valid() ? &world.policy().service_lists[ends.services].terms : nullptr;
      const Steps::Answer found = steps.ask({ends.from, ends.to, services, nullptr});
      const auto from = naive.members(ends.from), to = naive.members(ends.to);
      const auto arrivals = naive.arrivals(from, to, ends.services, {});
      CAPTURE(seed);
      CHECK(found.found == !arrivals.empty());
      CHECK(found.found == !found.way.empty());
      for (const Address address : naive.universe()) {
        CHECK(found.arrivals.of(address.family).contains(address) == arrivals.contains(address));
        const bool starts =
            from.contains(address) && !naive.arrivals({address}, to, ends.services, {}).empty();
        CHECK(found.starts.of(address.family).contains(address) == starts);
      }
    }
  }
}

// In zones that isolate, the graph takes other addresses for one host than Steps does.
TEST_CASE(
    "steps without services and with everybody are those of the exposure graph, where no zone isolates") {
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    World world(seed);
    const Context context = context_of(world.policy());
    const Steps steps(context);
    if (std::ranges::any_of(world.policy().zones, &ir::Zone::isolate)) continue;
    const graph::ExposureGraph graph(world.policy());
    for (const ir::Assertion& assertion : world.policy().evidence.assertions) {
      const ir::Traffic& ends = assertion.traffic;
      if (ends.from.size() != 1 || ends.to.size() != 1) continue;
      const auto sources = graph.parties().met_by(world.policy().endpoints[ends.from.front()]);
      const auto targets = graph.parties().met_by(world.policy().endpoints[ends.to.front()]);
      const bool apart = std::ranges::none_of(
          sources, [&](graph::PartyId id) { return std::ranges::find(targets, id) != targets.end(); });
      if (!apart) continue;  // there it is reached without a flow
      const auto exposed = graph::exposed_to(graph, sources);
      const bool reached = std::ranges::any_of(
          targets, [&](graph::PartyId id) { return std::ranges::binary_search(exposed, id); });
      CAPTURE(seed);
      CHECK(steps.ask({ends.from, ends.to, nullptr, nullptr}).found == reached);
    }
  }
}

}  // namespace
}  // namespace cordon::check
