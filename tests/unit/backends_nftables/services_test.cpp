// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/services.h"

#include <algorithm>
#include <random>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "compiler/packet/naive.h"
#include "devices.h"
#include "expression.h"

namespace cordon::test {
namespace {

using backends::nftables::service_matches;
using packet::Packet;
using packet::ServiceTerm;

using Matches = std::vector<std::string>;

Matches matches(const Texts& texts) { return service_matches(services(texts)); }

TEST_CASE("Expressions of services") {
  CHECK(matches({"any"}) == Matches{""});
  CHECK(matches({"tcp/443"}) == Matches{"tcp dport 443"});
  CHECK(matches({"tcp/443", "tcp/8000-8010"}) == Matches{"tcp dport { 443, 8000-8010 }"});
  CHECK(matches({"udp/1024-65535->514"}) == Matches{"udp sport 1024-65535 udp dport 514"});
  CHECK(matches({"tcp/20->0-65535"}) == Matches{"tcp sport 20"});
  CHECK(matches({"ip/50"}) == Matches{"meta l4proto 50"});
  CHECK(matches({"ip/47", "ip/50"}) == Matches{"meta l4proto { 47, 50 }"});
  CHECK(matches({"tcp"}) == Matches{"meta l4proto tcp"});
  CHECK(matches({"sctp/2905"}) == Matches{"sctp dport 2905"});
}

TEST_CASE("Ports stay with their protocol") {
  CHECK(matches({"tcp/22", "udp/53"}) == Matches{"meta l4proto . th dport { tcp . 22, udp . 53 }"});
  CHECK(matches({"tcp/22", "udp/53", "udp/1024-65535->514"}) ==
        Matches{"meta l4proto . th dport { tcp . 22, udp . 53 }", "udp sport 1024-65535 udp dport 514"});
}

TEST_CASE("ICMP keeps types and codes together") {
  CHECK(matches({"icmp/echo-request"}) == Matches{"icmp type 8"});
  CHECK(matches({"icmp/8", "icmp/13"}) == Matches{"icmp type { 8, 13 }"});
  CHECK(matches({"icmp/3/4"}) == Matches{"icmp type . icmp code { 3 . 4 }"});
  CHECK(matches({"icmp/3/4", "icmp/8", "icmp/11/0"}) ==
        Matches{"icmp type 8", "icmp type . icmp code { 3 . 4, 11 . 0 }"});
  CHECK(matches({"icmpv6/128"}) == Matches{"icmpv6 type 128"});
}

TEST_CASE("Flags of TCP") {
  ServiceTerm term = services({"tcp/443"}).front();
  term.flags = packet::established_flags();
  CHECK(service_matches({term}) == Matches{"tcp dport 443 tcp flags & (rst | ack) != 0"});
  term.flags = packet::TcpFlagSet{1} << 2U | packet::TcpFlagSet{1} << 18U;  // SYN, SYN with ACK
  CHECK(service_matches({term}) == Matches{"tcp dport 443 tcp flags & 0x3f == { 0x2, 0x12 }"});
  term.destination = {};
  term.flags = packet::established_flags();
  CHECK(service_matches({term}) == Matches{"tcp flags & (rst | ack) != 0"});
}

using Random = std::mt19937_64;

std::uint16_t some_port(Random& random) {
  constexpr std::uint16_t ports[] = {0, 1, 22, 53, 80, 1023, 1024, 8080, 65534, 65535};
  return ports[random() % std::size(ports)];
}

packet::PortRange some_ports(Random& random) {
  if (random() % 3 == 0) return {};
  const auto [low, high] = std::minmax({some_port(random), some_port(random)});
  return {low, high};
}

constexpr std::uint8_t protocols[] = {1, 6, 17, 50, 58, 112, 132};
std::uint8_t some_protocol(Random& random) { return protocols[random() % std::size(protocols)]; }

ServiceTerm some_term(Random& random) {
  ServiceTerm term;
  if (random() % 30 == 0) return term;
  term.protocol = some_protocol(random);
  if (packet::has_ports(*term.protocol)) {
    term.destination = some_ports(random);
    if (random() % 3 == 0) term.source = some_ports(random);
  }
  if (term.protocol == packet::protocol::tcp && random() % 4 == 0) {
    term.flags = random() % 2 == 0 ? packet::established_flags() : random() | 1U;
  }
  if (packet::is_icmp(*term.protocol) && random() % 4 != 0) {
    term.icmp_type = static_cast<std::uint8_t>(random() % 4);
    if (random() % 2 == 0) term.icmp_code = static_cast<std::uint8_t>(random() % 3);
  }
  return term;
}

Packet some_packet(Random& random) {
  Packet packet;
  packet.protocol = some_protocol(random);
  packet.family = packet.protocol == 58 ? packet::Family::ipv6 : packet::Family::ipv4;
  if (packet::has_ports(packet.protocol)) {
    packet.source_port = some_port(random);
    packet.destination_port = some_port(random);
  }
  if (packet.protocol == 6) packet.tcp_flags = static_cast<std::uint8_t>(random() % 64);
  if (packet::is_icmp(packet.protocol)) {
    packet.icmp_type = static_cast<std::uint8_t>(random() % 4);
    packet.icmp_code = static_cast<std::uint8_t>(random() % 3);
  }
  return packet;
}

bool in_set(const packet::ServiceSet& terms, const Packet& packet) {
  const packet::AddressSet all = packet::AddressSet::all(packet.family);
  return packet::matches({{packet.family, &all, &all, &terms}, packet::Action::permit}, packet);
}

TEST_CASE("Expressions match what the set holds, and nothing else") {
  Random random(7);
  std::size_t held = 0;
  for (int round = 0; round < 3000; ++round) {
    packet::ServiceSet terms;
    for (std::size_t count = 1 + random() % 6; count > 0; --count) terms.push_back(some_term(random));
    if (random() % 2 == 0) terms = packet::normalize(terms);
    std::ranges::sort(terms);
    const Matches texts = service_matches(terms);
    for (int trial = 0; trial < 60; ++trial) {
      const Packet packet = some_packet(random);
      const bool expected = in_set(terms, packet);
      held += expected ? 1 : 0;
      const bool found = std::ranges::any_of(
          texts, [&packet](const std::string& text) { return expression_holds(text, packet); });
      REQUIRE_MESSAGE(found == expected, packet::to_string(terms)
                                             << " as " << fmt::format("{}", fmt::join(texts, " | ")) << " on "
                                             << packet::to_string(packet));
    }
  }
  CHECK(held > 20000);
}

TEST_CASE("Destination ports of a set are disjoint, or there are none") {
  using backends::nftables::destination_ports;
  CHECK(destination_ports(services({"any"})).empty());
  CHECK(destination_ports(services({"ip/50", "udp/500"})).empty());
  CHECK(destination_ports(services({"udp/1->514"})).empty());
  const auto ports = destination_ports(services({"tcp/80", "tcp/81-90", "udp/80"}));
  REQUIRE(ports.size() == 2);
  CHECK(ports[0].ports == packet::PortRange{80, 90});
  CHECK(ports[1].protocol == packet::protocol::udp);
}

TEST_CASE("Protocols whose later fragments an expression misses") {
  using backends::nftables::protocols_above_ip;
  using Numbers = std::vector<std::uint8_t>;
  CHECK(protocols_above_ip(services({"any"})) == Numbers{});
  CHECK(protocols_above_ip(services({"tcp"})) == Numbers{});
  CHECK(protocols_above_ip(services({"udp/53", "icmp/8", "ip/50"})) == Numbers{1, 17});
  // The whole of TCP is matched by its number, later fragments too.
  const ServiceTerm whole = services({"tcp"}).front();
  CHECK(protocols_above_ip({whole, services({"tcp/22"}).front()}) == Numbers{});
}

}  // namespace
}  // namespace cordon::test
