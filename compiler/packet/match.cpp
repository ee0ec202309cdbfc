// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A packet in words, for witnesses: `tcp 10.0.0.1:50000 -> 10.0.0.2:443 SYN, new`.

#include "compiler/packet/match.h"

#include <string_view>

#include "compiler/packet/names.h"

namespace cordon::packet {
namespace {

constexpr std::string_view flag_names[] = {"FIN", "SYN", "RST", "PSH", "ACK", "URG"};

std::string endpoint(Family family, Bits bits, const std::uint16_t* port) {
  std::string address = to_string(Address{family, bits});
  if (port == nullptr) return address;
  if (family == Family::ipv4) return address + ':' + std::to_string(*port);
  return '[' + address + "]:" + std::to_string(*port);
}

std::string protocol_of(const Packet& packet) {
  ServiceTerm term;
  term.protocol = packet.protocol;
  if (is_icmp(packet.protocol) && packet.fragment == Fragment::first_or_whole) {
    term.icmp_type = packet.icmp_type;
    term.icmp_code = packet.icmp_code;
  }
  return to_string(term);
}

std::string flags_of(std::uint8_t flags) {
  std::string out;
  for (unsigned bit = 0; bit < 6; ++bit) {
    if ((unsigned{flags} >> bit & 1U) == 0) continue;
    out += out.empty() ? ' ' : '+';
    out += flag_names[bit];
  }
  return out.empty() ? " no flags" : out;
}

std::string_view state_of(State state) {
  switch (state) {
    case State::fresh:
      return "new";
    case State::established:
      return "established";
    case State::related:
      return "related";
  }
  return "no state";
}

}  // namespace

std::string to_string(const Packet& packet) {
  const bool later = packet.fragment == Fragment::later;
  const bool ports = has_ports(packet.protocol) && !later;
  std::string out = protocol_of(packet);
  out += ' ' + endpoint(packet.family, packet.source, ports ? &packet.source_port : nullptr);
  out += " -> " + endpoint(packet.family, packet.destination, ports ? &packet.destination_port : nullptr);
  if (packet.protocol == protocol::tcp && !later) out += flags_of(packet.tcp_flags);
  if (later) out += " later fragment";
  out += ", ";
  out += state_of(packet.state);
  return out;
}

}  // namespace cordon::packet
