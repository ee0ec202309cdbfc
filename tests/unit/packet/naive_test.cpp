// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/naive.h"

#include <string_view>

#include <doctest/doctest.h>

#include "tests/unit/packet/rules.h"

using namespace cordon::packet;
using namespace cordon::packet::testing;

namespace {

Packet later(Packet packet) {
  packet.fragment = Fragment::later;
  packet.destination_port = 0;
  packet.icmp_type = packet.icmp_code = 0;
  return packet;
}

}  // namespace

TEST_CASE("every field of a rule counts") {
  Rules rules;
  rules.permit("10.0.0.0/24", "10.1.0.1", {"tcp/1024-65535->443", "icmp/8"});
  const MatchRule& rule = rules.list().front();

  Packet inside = packet("10.0.0.7", "10.1.0.1", "tcp/443");
  inside.source_port = 1024;
  CHECK(matches(rule, inside));
  const auto with = [&](auto change) {
    Packet changed = inside;
    change(changed);
    return matches(rule, changed);
  };
  CHECK_FALSE(with([](Packet& p) { p.source = 0x0a000100; }));
  CHECK_FALSE(with([](Packet& p) { p.destination += 1; }));
  CHECK_FALSE(with([](Packet& p) { p.source_port = 1023; }));
  CHECK_FALSE(with([](Packet& p) { p.destination_port = 444; }));
  CHECK_FALSE(with([](Packet& p) { p.protocol = protocol::udp; }));
  CHECK_FALSE(with([](Packet& p) { p.family = Family::ipv6; }));
  CHECK(with([](Packet& p) { p.tcp_flags = 63; }));

  CHECK(matches(rule, packet("10.0.0.7", "10.1.0.1", "icmp/8/3")));
  CHECK_FALSE(matches(rule, packet("10.0.0.7", "10.1.0.1", "icmp/0")));
}

TEST_CASE("flags and states are sets") {
  Rules rules;
  ServiceTerm established = *parse_service("tcp").term;
  established.flags = established_flags();
  MatchRule& rule = rules.add(Action::permit, "any", "any", ServiceSet{established});
  Packet syn = packet("10.0.0.1", "10.0.0.2", "tcp/80");
  syn.tcp_flags = 0x02;
  CHECK_FALSE(matches(rule, syn));
  syn.tcp_flags = 0x12;
  CHECK(matches(rule, syn));
  rule.match.states = static_cast<std::uint8_t>(State::established);
  CHECK_FALSE(matches(rule, syn));
  syn.state = State::established;
  CHECK(matches(rule, syn));
}

TEST_CASE("a permit with ports admits later fragments, a deny with ports lets them pass") {
  struct Row {
    std::string_view service;
    bool denied;  // are later fragments of the protocol stopped by a deny of this?
  };
  const Row rows[] = {{"any", true},     {"tcp", true},     {"gre", true},     {"icmp", true},
                      {"tcp/80", false}, {"udp/53", false}, {"icmp/8", false}, {"tcp/1-2->0-65535", false}};
  for (const Row& row : rows) {
    CAPTURE(row.service);
    const std::string_view carried = row.service == "any" ? "tcp/80" : row.service;
    const Packet fragment = later(packet("10.0.0.1", "10.0.0.2", carried));
    Rules permit;
    permit.permit("any", "any", {row.service});
    CHECK(evaluate(permit.list(), fragment) == Action::permit);
    Rules deny;
    deny.deny("any", "any", {row.service});
    CHECK(matches(deny.list().front(), fragment) == row.denied);
  }
}

TEST_CASE("fragments of another protocol or between other addresses stay out") {
  Rules rules;
  rules.permit("10.0.0.1", "10.0.0.2", {"tcp/80"});
  CHECK(evaluate(rules.list(), later(packet("10.0.0.1", "10.0.0.2", "tcp/9"))) == Action::permit);
  CHECK(evaluate(rules.list(), later(packet("10.0.0.1", "10.0.0.2", "udp/80"))) == Action::deny);
  CHECK(evaluate(rules.list(), later(packet("10.0.0.1", "10.0.0.3", "tcp/80"))) == Action::deny);
}

TEST_CASE("a rule may speak of fragments alone") {
  Rules rules;
  rules.deny("any", "any", {"any"}).match.fragments = static_cast<std::uint8_t>(Fragment::later);
  rules.permit("any", "any", {"any"});
  const Packet whole = packet("10.0.0.1", "10.0.0.2", "udp/53");
  CHECK(evaluate(rules.list(), whole) == Action::permit);
  CHECK(evaluate(rules.list(), later(whole)) == Action::deny);
}

TEST_CASE("the first match decides, and the default where none matches") {
  Rules rules;
  rules.deny("10.0.0.1", "any", {"tcp/80"});
  rules.permit("10.0.0.0/24", "any", {"tcp"});
  CHECK(evaluate(rules.list(), packet("10.0.0.1", "10.9.9.9", "tcp/80")) == Action::deny);
  CHECK(evaluate(rules.list(), packet("10.0.0.1", "10.9.9.9", "tcp/81")) == Action::permit);
  CHECK(evaluate(rules.list(), packet("10.0.1.1", "10.9.9.9", "tcp/81")) == Action::deny);
  CHECK(evaluate(rules.list(), packet("10.0.1.1", "10.9.9.9", "tcp/81"), Action::permit) == Action::permit);
}
