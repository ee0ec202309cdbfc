// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/packet_set.h"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/packet/naive.h"
#include "tests/unit/packet/rules.h"

using namespace cordon::packet;
using namespace cordon::packet::testing;

namespace {

bool equal(const std::vector<MatchRule>& first, const std::vector<MatchRule>& second) {
  const auto comparison = compare(first, second);
  REQUIRE(comparison);
  return comparison->equal();
}

std::string cover(const std::vector<MatchRule>& rules) {
  PacketSpace space;
  const auto set = space.permitted(rules);
  REQUIRE(set);
  const auto cubes = space.cover(*set);
  REQUIRE(cubes);
  std::string text;
  for (const Cube& cube : *cubes) text += to_string(cube) + '\n';
  return text;
}

}  // namespace

TEST_CASE("no rules permit nothing, and a permit of everything is the full set") {
  PacketSpace space;
  CHECK(*space.permitted({}) == space.empty());
  Rules v4;
  v4.permit("any", "any", {"any"});
  Rules v6(Family::ipv6);
  v6.permit("any", "any", {"any"});
  const auto both = space.unite(*space.permitted(v4.list()), *space.permitted(v6.list()));
  CHECK(*both == space.full());
  CHECK_FALSE(space.witness(space.empty()));
  CHECK(space.size(space.empty()) == 0);
}

TEST_CASE("fields that a packet lacks do not tell sets apart") {
  struct Row {
    std::uint8_t protocol;
    ServiceTerm stray;
  };
  ServiceTerm with_ports;
  with_ports.source = {1, 2};
  with_ports.destination = {3, 4};
  ServiceTerm with_flags;
  with_flags.flags = established_flags();
  ServiceTerm with_type;
  with_type.icmp_type = 8;
  const Row rows[] = {{47, with_ports}, {1, with_ports}, {17, with_flags}, {47, with_flags},
                      {58, with_flags}, {6, with_type},  {47, with_type},  {132, with_flags}};
  for (Row row : rows) {
    CAPTURE(row.protocol);
    Rules plain;
    ServiceTerm term;
    term.protocol = row.stray.protocol = row.protocol;
    plain.add(Action::permit, "10.0.0.1", "10.0.0.2", ServiceSet{term});
    Rules stray;
    stray.add(Action::permit, "10.0.0.1", "10.0.0.2", ServiceSet{row.stray});
    CHECK(equal(plain.list(), stray.list()));
  }
}

TEST_CASE("every protocol on its own is any") {
  Rules any;
  any.permit("10.0.0.1", "any", {"any"});
  Rules spelled_out;
  ServiceSet all;
  for (unsigned number = 0; number < 256; ++number) {
    ServiceTerm term;
    term.protocol = static_cast<std::uint8_t>(number);
    all.push_back(term);
  }
  spelled_out.add(Action::permit, "10.0.0.1", "any", all);
  CHECK(equal(any.list(), spelled_out.list()));
}

TEST_CASE("ports in parts permit what they permit together, but deny no later fragments") {
  Rules whole;
  whole.permit("any", "any", {"tcp"});
  Rules parts;
  parts.permit("any", "any", {"tcp/0-99", "tcp/100-65535"});
  CHECK(equal(whole.list(), parts.list()));

  Rules deny_whole;
  deny_whole.deny("any", "any", {"tcp"});
  deny_whole.permit("any", "any", {"any"});
  Rules deny_parts;
  deny_parts.deny("any", "any", {"tcp/0-99"});
  deny_parts.deny("any", "any", {"tcp/100-65535"});
  deny_parts.permit("any", "any", {"any"});
  const auto comparison = compare(deny_whole.list(), deny_parts.list());
  REQUIRE(comparison);
  CHECK_FALSE(comparison->only_first);
  REQUIRE(comparison->only_second);
  CHECK(to_string(*comparison->only_second) == "tcp 192.0.2.1 -> 192.0.2.2 later fragment, new");
}

TEST_CASE("the cross product of protocols and ports is not what two terms mean") {
  Rules two;
  two.permit("any", "any", {"tcp/22", "udp/53"});
  Rules product;
  product.permit("any", "any", {"tcp/22", "udp/53", "tcp/53"});
  const auto comparison = compare(two.list(), product.list());
  REQUIRE(comparison->only_second);
  CHECK(to_string(*comparison->only_second) == "tcp 192.0.2.1:49152 -> 192.0.2.2:53 SYN, new");
}

TEST_CASE("one packet out of 2^300 is found") {
  Rules first(Family::ipv6);
  first.permit("fd00::/8", "fd00::/8", {"tcp", "udp"});
  Rules second(Family::ipv6);
  second.deny("fd00::1:2", "fd12:3456::7", {"udp/5000->6000"});
  second.permit("fd00::/8", "fd00::/8", {"tcp", "udp"});
  const auto comparison = compare(first.list(), second.list());
  REQUIRE(comparison->only_first);
  CHECK(to_string(*comparison->only_first) == "udp [fd00::1:2]:5000 -> [fd12:3456::7]:6000, new");
}

TEST_CASE("sizes count packets, with one value for a field that is not there") {
  const auto size = [](std::string_view service, std::uint8_t fragments) {
    Rules rules;
    MatchRule& rule = rules.permit("10.0.0.0/24", "10.1.0.1", {service});
    rule.match.fragments = fragments;
    rule.match.states = static_cast<std::uint8_t>(State::fresh);
    PacketSpace space;
    return space.size(*space.permitted(rules.list()));
  };
  CHECK(size("gre", 1) == 256);
  CHECK(size("gre", 3) == 512);
  CHECK(size("tcp/443", 2) == 256);
  CHECK(size("udp/53", 1) == 256.0L * 65536);
  CHECK(size("tcp/1->443", 1) == 256 * 64);
  CHECK(size("icmp/8", 1) == 256 * 256);
  CHECK(size("icmp/8/0", 1) == 256);
  CHECK(size("any", 2) == 256 * 256);
}

TEST_CASE("a cover reads like what a person wrote") {
  Rules rules;
  rules.permit("10.0.0.0/24", "10.9.0.1", {"tcp/443"});
  rules.permit("10.0.1.0/24", "10.9.0.1", {"tcp/443"});
  rules.permit("10.0.0.0/23", "10.9.0.2", {"tcp/443"});
  rules.permit("10.0.0.0/23", "10.9.0.8", {"udp/53", "icmp/8"});
  rules.permit("10.5.0.7", "any", {"any"}).match.states = static_cast<std::uint8_t>(State::related);
  rules.deny("any", "any", {"any"});
  CHECK(cover(rules.list()) ==
        "10.0.0.0/23 -> 10.9.0.1-10.9.0.2: tcp/443\n"
        "10.0.0.0/23 -> 10.9.0.8: icmp/echo-request, udp/53\n"
        "10.5.0.7 -> any: any (related)\n");
}

TEST_CASE("what a cover says of fragments is exact") {
  Rules rules;
  rules.deny("any", "any", {"any"}).match.fragments = static_cast<std::uint8_t>(Fragment::later);
  rules.permit("10.0.0.1", "10.0.0.2", {"tcp/443", "gre"});
  CHECK(cover(rules.list()) == "10.0.0.1 -> 10.0.0.2: tcp/443, gre (no later fragments)\n");

  Rules denied;
  denied.deny("any", "any", {"tcp/443"});
  denied.permit("10.0.0.1", "10.0.0.2", {"tcp/443"});
  CHECK(cover(denied.list()) == "10.0.0.1 -> 10.0.0.2: tcp (later fragments)\n");
}

TEST_CASE("lines that do nothing are found, covers by several lines included") {
  Rules rules;
  std::vector<LineUse> wanted;
  const LineUse needed{true, true};
  const LineUse redundant{true, false};
  const LineUse shadowed{false, false};
  const auto expect = [&](const LineUse& use) { wanted.push_back(use); };

  rules.permit("10.0.0.0/25", "any", {"tcp/80"});
  expect(redundant);  // the third line would do the same
  rules.permit("10.0.0.128/25", "any", {"tcp/80"});
  expect(redundant);
  rules.permit("10.0.0.0/24", "any", {"tcp/80"});
  expect(shadowed);  // by the two together
  rules.deny("10.0.0.1", "any", {"tcp/80"});
  expect(shadowed);
  rules.permit("10.1.0.0/24", "any", {"udp/53"});
  expect(needed);
  rules.deny("any", "any", {"any"});
  expect(redundant);  // what no rule matches is denied anyway

  PacketSpace space;
  const auto uses = space.analyze(rules.list());
  REQUIRE(uses);
  CHECK(*uses == wanted);
}

TEST_CASE("rules without addresses or services match nothing") {
  const AddressSet none(Family::ipv4);
  Rules rules;
  rules.permit("any", "any", {"any"}).match.source = &none;
  rules.add(Action::permit, "any", "any", ServiceSet{});
  rules.permit("any", "any", {"any"}).match.states = 0;
  PacketSpace space;
  CHECK(*space.permitted(rules.list()) == space.empty());
  CHECK(space.analyze(rules.list())->at(0) == LineUse{});
}

TEST_CASE("beyond the budget there is no answer, and never a guess") {
  Rules rules;
  for (int i = 0; i < 100; ++i) {
    const std::string address = "10.0.0." + std::to_string(i);
    rules.permit(address, "10.1.0.0/16", {"tcp/80"});
    rules.deny("10.0.0.0/8", address, {"udp/53"});
  }
  const auto short_of_steps = compare(rules.list(), rules.list(), {.steps = 100});
  REQUIRE_FALSE(short_of_steps);
  CHECK(short_of_steps.error().limit == Undecided::Limit::steps);
  const auto short_of_memory = compare(rules.list(), rules.list(), {.bytes = 2000});
  REQUIRE_FALSE(short_of_memory);
  CHECK(short_of_memory.error().limit == Undecided::Limit::memory);
  CHECK(compare(rules.list(), rules.list())->equal());
}

TEST_CASE("after a question beyond the budget a smaller one is answered right") {
  Rules large;
  for (int i = 0; i < 100; ++i) {
    large.permit("10.0.0." + std::to_string(i), "10.1.0." + std::to_string(i), {"tcp/80"});
  }
  Rules small;
  small.permit("10.0.0.5", "10.1.0.5", {"tcp/80"});
  PacketSpace space({.steps = 150});
  CHECK_FALSE(space.permitted(large.list()));
  CHECK_FALSE(space.analyze(large.list()));
  const auto set = space.permitted(small.list());
  REQUIRE(set);
  CHECK(space.contains(*set, packet("10.0.0.5", "10.1.0.5", "tcp/80")));
  CHECK_FALSE(space.contains(*set, packet("10.0.0.6", "10.1.0.6", "tcp/80")));
  CHECK(space.analyze(small.list())->front() == LineUse{true, true});
}
