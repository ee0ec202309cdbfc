// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/match.h"

#include <doctest/doctest.h>

using namespace cordon::packet;

namespace {

Packet packet_between(std::string_view source, std::string_view destination, std::uint8_t protocol) {
  const Address from = *parse_address(source);
  Packet packet;
  packet.family = from.family;
  packet.source = from.bits;
  packet.destination = parse_address(destination)->bits;
  packet.protocol = protocol;
  return packet;
}

}  // namespace

TEST_CASE("packets are told in words") {
  Packet tcp = packet_between("10.0.0.1", "10.0.0.2", protocol::tcp);
  tcp.source_port = 50000;
  tcp.destination_port = 443;
  tcp.tcp_flags = 2;
  CHECK(to_string(tcp) == "tcp 10.0.0.1:50000 -> 10.0.0.2:443 SYN, new");
  tcp.tcp_flags = 0x14;
  tcp.state = State::established;
  CHECK(to_string(tcp) == "tcp 10.0.0.1:50000 -> 10.0.0.2:443 RST+ACK, established");
  tcp.tcp_flags = 0;
  CHECK(to_string(tcp) == "tcp 10.0.0.1:50000 -> 10.0.0.2:443 no flags, established");
  tcp.fragment = Fragment::later;
  CHECK(to_string(tcp) == "tcp 10.0.0.1 -> 10.0.0.2 later fragment, established");

  Packet udp = packet_between("fd00::1", "fd00::2", protocol::udp);
  udp.destination_port = 53;
  CHECK(to_string(udp) == "udp [fd00::1]:0 -> [fd00::2]:53, new");

  Packet echo = packet_between("10.0.0.1", "10.0.0.2", protocol::icmp);
  echo.icmp_type = 8;
  echo.state = State::related;
  CHECK(to_string(echo) == "icmp/echo-request/0 10.0.0.1 -> 10.0.0.2, related");
  CHECK(to_string(packet_between("10.0.0.1", "10.0.0.2", 200)) == "ip/200 10.0.0.1 -> 10.0.0.2, new");
}
