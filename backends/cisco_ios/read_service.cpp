// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_ios/read_service.h"

#include <algorithm>

#include "backends/cisco_ios/read_limits.h"
#include "backends/cisco_ios/read_names.h"

namespace cordon::backends::cisco_ios {
namespace {

using packet::PortRange;
using packet::TcpFlagSet;

constexpr std::uint16_t last_port = 65535;

std::optional<std::uint16_t> take_port(Cursor& cursor, std::uint8_t protocol) {
  const auto port = port_number(cursor.peek(), protocol);
  if (!port) {
    cursor.refuse("a port is not understood");
    return std::nullopt;
  }
  cursor.take();
  return port;
}

// One or more; a word that is no port ends them.
Ports take_port_list(Cursor& cursor, std::uint8_t protocol) {
  Ports ports;
  if (const auto first = take_port(cursor, protocol)) ports.push_back({*first, *first});
  while (!ports.empty()) {
    const auto port = port_number(cursor.peek(), protocol);
    if (!port) break;
    cursor.take();
    ports.push_back({*port, *port});
  }
  std::ranges::sort(ports);
  ports.erase(std::unique(ports.begin(), ports.end()), ports.end());
  return ports;
}

Ports take_bound(Cursor& cursor, std::uint8_t protocol, bool greater) {
  const auto port = take_port(cursor, protocol);
  if (!port) return {};
  if (*port == (greater ? last_port : 0)) {
    cursor.refuse("no port is beyond this one", 1);
    return {};
  }
  if (greater) return {{static_cast<std::uint16_t>(*port + 1), last_port}};
  return {{0, static_cast<std::uint16_t>(*port - 1)}};
}

Ports take_range(Cursor& cursor, std::uint8_t protocol) {
  const auto first = take_port(cursor, protocol);
  const auto last = first ? take_port(cursor, protocol) : std::nullopt;
  if (!last) return {};
  if (*last < *first) {
    cursor.refuse("the range of ports is upside down", 1);  // unverified: some releases turn it around
    return {};
  }
  return {{*first, *last}};
}

// Every combination of flags with that bit.
TcpFlagSet with_flag(unsigned bit) {
  TcpFlagSet set = 0;
  for (unsigned value = 0; value < 64; ++value) {
    if ((value >> bit & 1U) != 0) set |= TcpFlagSet{1} << value;
  }
  return set;
}

// Bits of the TCP header, from FIN on.
std::optional<unsigned> flag_bit(std::string_view word) {
  constexpr std::string_view flags[] = {"fin", "syn", "rst", "psh", "ack", "urg"};
  const auto* const found = std::ranges::find(flags, word);
  if (found == std::end(flags)) return std::nullopt;
  return static_cast<unsigned>(found - std::begin(flags));
}

// `+syn -ack …`, after `match-any` or `match-all`.
TcpFlagSet take_signed_flags(Cursor& cursor, bool all) {
  TcpFlagSet set = all ? packet::any_tcp_flags : 0;
  std::size_t count = 0;
  for (; !cursor.done(); cursor.take(), ++count) {
    const std::string_view word = cursor.peek();
    const auto bit = flag_bit(word.substr(1));
    if ((word[0] != '+' && word[0] != '-') || !bit) break;
    const TcpFlagSet one = word[0] == '+' ? with_flag(*bit) : ~with_flag(*bit);
    set = all ? set & one : set | one;
  }
  if (count == 0) cursor.refuse("TCP flags are not understood");
  if (count > 0 && set == 0) cursor.refuse("no packet has these TCP flags", 1);
  return set;
}

}  // namespace

std::optional<Ports> take_ports(Cursor& cursor, std::uint8_t protocol) {
  Ports ports;
  if (cursor.accept("eq")) {
    ports = take_port_list(cursor, protocol);
  } else if (cursor.accept("neq")) {
    ports = take_port_list(cursor, protocol);
    if (!ports.empty()) ports = all_but(ports);
  } else if (cursor.accept("gt")) {
    ports = take_bound(cursor, protocol, true);
  } else if (cursor.accept("lt")) {
    ports = take_bound(cursor, protocol, false);
  } else if (cursor.accept("range")) {
    ports = take_range(cursor, protocol);
  } else {
    return std::nullopt;
  }
  if (ports.empty()) {
    cursor.refuse("the ports are none");
    return std::nullopt;
  }
  return ports;
}

std::optional<IcmpTerm> take_icmp(Cursor& cursor, packet::Family family) {
  if (const auto named = icmp_name(cursor.peek(), family)) {
    cursor.take();
    return IcmpTerm{named->type, named->code};
  }
  const auto type = number<std::uint8_t>(cursor.peek());
  if (!type) return std::nullopt;
  cursor.take();
  const auto code = number<std::uint8_t>(cursor.peek());
  if (code) cursor.take();
  return IcmpTerm{*type, code};
}

std::optional<TcpFlagSet> take_tcp_flags(Cursor& cursor) {
  if (cursor.accept("established")) return packet::established_flags();
  if (cursor.accept("match-any")) return take_signed_flags(cursor, false);
  if (cursor.accept("match-all")) return take_signed_flags(cursor, true);
  const auto bit = flag_bit(cursor.peek());
  if (!bit) return std::nullopt;
  cursor.take();
  return with_flag(*bit);
}

}  // namespace cordon::backends::cisco_ios
