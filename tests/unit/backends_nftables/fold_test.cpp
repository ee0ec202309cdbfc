// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/fold.h"

#include <algorithm>
#include <random>

#include <doctest/doctest.h>

#include "compiler/packet/naive.h"
#include "devices.h"

namespace cordon::test {
namespace {

using backends::nftables::Cell;
using backends::nftables::CellSet;
using backends::nftables::fold;
using backends::nftables::Step;
using config::Action;
using config::Device;
using packet::Packet;
using Random = std::mt19937_64;

const config::Filter& only_filter(const Device& device) { return device.filters[config::FilterId{0}]; }

std::size_t sets(const std::vector<Step>& steps) {
  return static_cast<std::size_t>(
      std::ranges::count_if(steps, [](const Step& step) { return step.rule == nullptr; }));
}

RuleText permit(Texts source, Texts destination, Texts services) {
  return {
      .source = std::move(source), .destination = std::move(destination), .services = std::move(services)};
}

TEST_CASE("Four permits become a set, three stay rules") {
  const std::vector<RuleText> four = {
      permit({"10.0.1.0/24"}, {"10.9.0.1"}, {"tcp/1"}), permit({"10.0.1.0/24"}, {"10.9.0.2"}, {"tcp/2"}),
      permit({"10.0.2.0/24"}, {"10.9.0.1"}, {"udp/1"}), permit({"10.0.2.0/24"}, {"10.9.0.3"}, {"tcp/1"})};
  const Device device = device_with(four);
  const std::vector<Step> steps = fold(device, only_filter(device));
  REQUIRE(steps.size() == 3);  // and the default denial of each family
  CHECK(steps[0].set.cells.size() == 4);
  const Device less = device_with({four[0], four[1], four[2]});
  CHECK(sets(fold(less, only_filter(less))) == 0);
}

TEST_CASE("The same cell of two flows is written once") {
  const auto rule = permit({"10.0.1.0/24"}, {"10.9.0.1"}, {"tcp/1"});
  const Device device = device_with({rule, rule, rule, rule});
  const std::vector<Step> steps = fold(device, only_filter(device));
  REQUIRE(sets(steps) == 1);
  CHECK(steps[0].set.cells.size() == 1);
}

TEST_CASE("What overlaps goes to a set of its own") {
  const Device device = device_with(
      {permit({"10.0.1.0/24"}, {"10.9.0.1"}, {"tcp/1"}), permit({"10.0.1.0/24"}, {"10.9.0.2"}, {"tcp/1"}),
       permit({"10.0.1.0/24"}, {"10.9.0.3"}, {"tcp/1"}), permit({"10.0.1.0/24"}, {"10.9.0.4"}, {"tcp/1"}),
       permit({"10.0.1.7"}, {"10.9.0.1"}, {"tcp/1"}), permit({"10.0.1.7"}, {"10.9.0.2"}, {"tcp/1"}),
       permit({"10.0.1.7"}, {"10.9.0.3"}, {"tcp/1"}), permit({"10.0.1.7"}, {"10.9.0.4"}, {"tcp/1"})});
  CHECK(sets(fold(device, only_filter(device))) == 2);
  CHECK(load_fault(emitted(device)) == "");
}

TEST_CASE("What a set cannot say stays a rule") {
  const auto kept = [](const RuleText& rule, bool stateful = true) {
    const Device device = device_with({rule, rule, rule, rule}, stateful);
    return sets(fold(device, only_filter(device))) == 0;
  };
  CHECK_FALSE(kept(permit({"10.0.0.0/8"}, {"10.9.0.1"}, {"tcp/1"})));
  CHECK(kept(permit({"10.0.0.0/8"}, {"10.9.0.1"}, {"any"})));
  CHECK(kept(permit({"10.0.0.0/8"}, {"10.9.0.1"}, {"icmp/8"})));
  CHECK(kept(permit({"10.0.0.0/8"}, {"10.9.0.1"}, {"udp/1->2"})));
  CHECK(kept(permit({"10.0.0.1", "10.0.0.3", "10.0.0.5"}, {"10.9.0.1", "10.9.0.3", "10.9.0.5"}, {"tcp/1"})));
  RuleText rule = permit({"10.0.0.0/8"}, {"10.9.0.1"}, {"tcp/1"});
  CHECK(kept(rule, false));  // a set says nothing of later fragments
  rule.log = true;
  CHECK(kept(rule));
  rule.log = false;
  rule.action = Action::deny;
  CHECK(kept(rule));
}

TEST_CASE("A denial between permits stays between them") {
  const RuleText first = permit({"10.0.0.0/8"}, {"10.9.0.1"}, {"tcp/1"});
  RuleText denial = first;
  denial.action = Action::deny;
  const RuleText second = permit({"10.0.0.0/8"}, {"10.9.0.2"}, {"tcp/1"});
  const Device device = device_with({first, first, first, first, denial, second, second, second, second});
  const std::vector<Step> steps = fold(device, only_filter(device));
  REQUIRE(steps.size() == 5);
  CHECK(steps[0].rule == nullptr);
  CHECK(steps[1].rule == &only_filter(device).rules[4]);
  CHECK(steps[2].rule == nullptr);
}

// Random filters against rule after rule.

template <class Container>
const auto& some(Random& random, const Container& container) {
  return *(std::begin(container) + static_cast<std::ptrdiff_t>(random() % std::size(container)));
}

Device random_device(Random& random) {
  DeviceMaker maker;
  Device& device = maker.device;
  const packet::AddressSet pool[] = {addresses({"10.0.0.0/24"}),
                                     addresses({"10.0.0.0/25"}),
                                     addresses({"10.0.0.7"}),
                                     addresses({"10.0.0.5-10.0.0.9"}),
                                     addresses({"10.0.1.0/24"}),
                                     addresses({"10.0.0.7", "10.0.1.1"}),
                                     addresses({"10.0.0.1", "10.0.0.9"}),
                                     addresses({"10.0.0.0/23"}),
                                     addresses({"10.0.0.255"}),
                                     addresses({"fd00::/64"}),
                                     addresses({"fd00::1"}),
                                     addresses({"fd00::/65"}),
                                     addresses({"fd00::1", "fd00::9"}),
                                     addresses({"fd00:0:0:1::/64"})};
  constexpr std::size_t of_ipv4 = 9;
  for (const packet::AddressSet& set : pool) device.addresses.push_back({set, "set"});
  const packet::ServiceSet offered[] = {services({"tcp/1"}),       services({"tcp/2"}),
                                        services({"udp/1"}),       services({"tcp/1", "udp/1"}),
                                        services({"tcp/1-3"}),     services({"tcp/3-5", "udp/2"}),
                                        services({"tcp"}),         services({"any"}),
                                        services({"udp/1->2"}),    services({"tcp/0-2"}),
                                        services({"tcp/5-65535"}), services({"sctp/1"})};
  for (const packet::ServiceSet& set : offered) device.services.push_back({set, "services"});

  const config::FilterId filter = maker.filter("a-in", config::Stage::interface_in, "a");
  for (std::size_t count = 30 + random() % 50; count > 0; --count) {
    config::Rule rule;
    rule.family = some(random, packet::families);
    const std::size_t first = rule.family == packet::Family::ipv4 ? 0 : of_ipv4;
    const std::size_t size = rule.family == packet::Family::ipv4 ? of_ipv4 : std::size(pool) - of_ipv4;
    rule.source = config::AddressSetId{static_cast<std::uint32_t>(first + random() % size)};
    rule.destination = config::AddressSetId{static_cast<std::uint32_t>(first + random() % size)};
    rule.services = config::ServiceSetId{static_cast<std::uint32_t>(random() % std::size(offered))};
    rule.action = random() % 40 == 0 ? Action::deny : Action::permit;
    rule.log = random() % 40 == 0;
    rule.role = config::Role::flow;
    rule.states = static_cast<std::uint8_t>(packet::State::fresh);
    device.filters[filter].rules.push_back(rule);
  }
  std::ranges::stable_sort(device.filters[filter].rules, {}, &config::Rule::family);
  maker.default_denies(filter);
  return std::move(maker.device);
}

Packet random_packet(Random& random) {
  Packet packet;
  packet.family = some(random, packet::families);
  const packet::Bits base =
      packet::parse_address(packet.family == packet::Family::ipv4 ? "10.0.0.0" : "fd00::")->bits;
  const packet::Bits offsets[] = {0, 1, 4, 5, 7, 9, 10, 127, 128, 255, 256, 257, 511, 512};
  packet.source = base + some(random, offsets);
  packet.destination = base + some(random, offsets);
  constexpr std::uint8_t protocols[] = {6, 6, 17, 132, 50};
  packet.protocol = some(random, protocols);
  if (packet::has_ports(packet.protocol)) {
    constexpr std::uint16_t ports[] = {0, 1, 2, 3, 4, 5, 6, 65535};
    packet.source_port = some(random, ports);
    packet.destination_port = some(random, ports);
  }
  return packet;
}

bool holds(const Cell& cell, const Packet& packet) {
  return cell.protocol == packet.protocol && cell.source.first <= packet.source &&
         packet.source <= cell.source.last && cell.destination.first <= packet.destination &&
         packet.destination <= cell.destination.last && cell.ports.first <= packet.destination_port &&
         packet.destination_port <= cell.ports.last;
}

Action evaluate_steps(const Device& device, const std::vector<Step>& steps, const Packet& packet) {
  for (const Step& step : steps) {
    if (step.rule != nullptr) {
      if (packet::matches(to_match(device, *step.rule), packet)) return step.rule->action;
    } else if (step.set.family == packet.family &&
               std::ranges::any_of(step.set.cells, [&](const Cell& cell) { return holds(cell, packet); })) {
      return Action::permit;
    }
  }
  return Action::deny;
}

// Equal or nothing in common.
template <class Value>
bool fit(const Value& a, const Value& b) {
  return a == b || a.last < b.first || b.last < a.first;
}

bool disjoint(const CellSet& set) {
  for (std::size_t i = 0; i < set.cells.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      const Cell& a = set.cells[i];
      const Cell& b = set.cells[k];
      const bool ports_fit = a.protocol != b.protocol || fit(a.ports, b.ports);
      if (!fit(a.source, b.source) || !fit(a.destination, b.destination) || !ports_fit) return false;
      if (a.source == b.source && a.destination == b.destination && a.protocol == b.protocol &&
          a.ports == b.ports)
        return false;
    }
  }
  return true;
}

TEST_CASE("Folding changes nothing for any packet") {
  Random random(11);
  std::size_t folded = 0;
  std::size_t permitted = 0;
  for (int round = 0; round < 400; ++round) {
    const Device device = random_device(random);
    std::vector<packet::MatchRule> rules;
    for (const config::Rule& rule : only_filter(device).rules) rules.push_back(to_match(device, rule));
    const std::vector<Step> steps = fold(device, only_filter(device));
    folded += sets(steps);
    for (const Step& step : steps) CHECK(disjoint(step.set));
    for (int trial = 0; trial < 200; ++trial) {
      const Packet packet = random_packet(random);
      const Action expected = packet::evaluate(rules, packet);
      permitted += expected == Action::permit ? 1 : 0;
      REQUIRE_MESSAGE(evaluate_steps(device, steps, packet) == expected, packet::to_string(packet));
    }
  }
  CHECK(folded > 400);
  CHECK(permitted > 10000);
}

TEST_CASE("nft takes folded sets of any filter") {
  Random random(23);
  for (int round = 0; round < 6; ++round) CHECK(load_fault(emitted(random_device(random))) == "");
}

}  // namespace
}  // namespace cordon::test
