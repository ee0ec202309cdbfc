// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/samples.h"

#include <algorithm>
#include <vector>

#include <doctest/doctest.h>

#include "tests/unit/packet/rules.h"

using namespace cordon::packet;
using namespace cordon::packet::testing;

namespace {

bool has(const std::vector<Packet>& packets, auto wanted) { return std::ranges::any_of(packets, wanted); }

}  // namespace

TEST_CASE("samples stand at every boundary and beside it") {
  Rules rules;
  rules.permit("10.0.0.0/24", "10.1.0.1", {"tcp/100-200"});
  const std::vector<Packet> packets = PacketSampler(rules.list(), 1).boundary();
  for (const Bits source : {0x09ffffffU, 0x0a000000U, 0x0a0000ffU, 0x0a000100U}) {
    CHECK(has(packets, [&](const Packet& p) { return p.source == source; }));
  }
  for (const unsigned port : {99U, 100U, 200U, 201U}) {
    CHECK(has(packets, [&](const Packet& p) { return p.destination_port == port; }));
  }
  for (const unsigned number : {5U, 6U, 7U}) {
    CHECK(has(packets, [&](const Packet& p) { return p.protocol == number; }));
  }
  CHECK(has(packets, [](const Packet& p) { return p.fragment == Fragment::later; }));
  CHECK(has(packets, [](const Packet& p) { return p.state == State::related; }));
  CHECK(has(packets, [](const Packet& p) { return p.tcp_flags == 0x10; }));
}

TEST_CASE("the ends of the number line have no neighbour beyond") {
  Rules rules(Family::ipv6);
  rules.permit("any", "::/128", {"udp/0-65535"});
  for (const Packet& packet : PacketSampler(rules.list(), 1).boundary()) {
    CHECK((packet.destination <= 1));
    CHECK((packet.source == 0 || packet.source == max_bits(Family::ipv6)));
  }
}

TEST_CASE("equal seeds give equal packets") {
  Rules rules;
  rules.permit("10.0.0.0/24", "10.1.0.1", {"tcp/100-200", "icmp/8"});
  PacketSampler first(rules.list(), 5);
  PacketSampler second(rules.list(), 5);
  for (int i = 0; i < 100; ++i) CHECK(first.next() == second.next());
}

TEST_CASE("samples carry only what their protocol has") {
  Rules rules;
  rules.permit("10.0.0.0/24", "10.1.0.1", {"tcp/100-200", "icmp/8", "gre"});
  PacketSampler sampler(rules.list(), 6);
  for (int i = 0; i < 1000; ++i) {
    const Packet packet = sampler.next();
    CHECK(clear_absent_fields(packet) == packet);
    if (packet.fragment == Fragment::later) CHECK(packet.destination_port == 0);
  }
}

TEST_CASE("an empty list still gives packets") {
  PacketSampler sampler({}, 7);
  CHECK(sampler.boundary().empty());
  CHECK((sampler.next().source == 0));
}
