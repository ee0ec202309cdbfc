// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a packet carries above IP: protocol, ports, ICMP type and code, TCP flags, fragment, state.
//
// A service is a *union of terms*, each a product of one protocol and its own ports. There is no
// way to write "these protocols times these ports", so the cross product that other compilers open
// by accident has no representation here.
#ifndef COMPILER_PACKET_SERVICE_H
#define COMPILER_PACKET_SERVICE_H

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/packet/address.h"

namespace cordon::packet {

// Protocol numbers as assigned by IANA.
namespace protocol {
inline constexpr std::uint8_t icmp = 1;
inline constexpr std::uint8_t tcp = 6;
inline constexpr std::uint8_t udp = 17;
inline constexpr std::uint8_t icmpv6 = 58;
inline constexpr std::uint8_t ospf = 89;
inline constexpr std::uint8_t vrrp = 112;
inline constexpr std::uint8_t sctp = 132;
}  // namespace protocol

[[nodiscard]] constexpr bool has_ports(std::uint8_t number) {
  return number == protocol::tcp || number == protocol::udp || number == protocol::sctp;
}
[[nodiscard]] constexpr bool is_icmp(std::uint8_t number) {
  return number == protocol::icmp || number == protocol::icmpv6;
}

struct PortRange {
  std::uint16_t first = 0;
  std::uint16_t last = 65535;  // inclusive
  [[nodiscard]] constexpr bool is_all() const { return first == 0 && last == 65535; }
  friend constexpr auto operator<=>(const PortRange&, const PortRange&) = default;
};

// Sets of values of the six TCP flags: bit k stands for the combination k, where bits 0..5 of k are
// FIN, SYN, RST, PSH, ACK, URG as in the TCP header (RFC 9293).
using TcpFlagSet = std::uint64_t;
inline constexpr TcpFlagSet any_tcp_flags = ~TcpFlagSet{0};
[[nodiscard]] TcpFlagSet established_flags();  // every combination with ACK or RST

// Sets over two and three values, as bit masks.
enum class Fragment : std::uint8_t { first_or_whole = 1, later = 2 };
enum class State : std::uint8_t { fresh = 1, established = 2, related = 4 };
inline constexpr std::uint8_t any_fragment = 3;
inline constexpr std::uint8_t any_state = 7;

// One protocol with its own ports or ICMP types, or every protocol.
struct ServiceTerm {
  std::optional<std::uint8_t> protocol;   // nothing: every protocol, and nothing below is set
  PortRange source;                       // protocols with ports only
  PortRange destination;                  // protocols with ports only
  std::optional<std::uint8_t> icmp_type;  // ICMP only; nothing: every type
  std::optional<std::uint8_t> icmp_code;  // only with a type; nothing: every code
  TcpFlagSet flags = any_tcp_flags;       // TCP only
  friend constexpr auto operator<=>(const ServiceTerm&, const ServiceTerm&) = default;
};

// A union of terms, sorted and without duplicates. Never empty in a rule.
using ServiceSet = std::vector<ServiceTerm>;

// Drops terms that another single term contains, joins terms that differ only in adjoining or
// overlapping destination ports, and sorts. The set of packets stays the same.
[[nodiscard]] ServiceSet normalize(ServiceSet terms);

// Keeps the terms that can occur in the family: `icmp` is IPv4 only, `icmpv6` is IPv6 only.
[[nodiscard]] ServiceSet in_family(const ServiceSet& terms, Family family);

// `tcp/443`, `tcp/1000-1999`, `udp/53`, `icmp/echo-request`, `icmp/3/4`, `icmpv6/135`, `ip/50`,
// `tcp/1024-65535->443` (source ports first), `any`. On failure the reason, for a diagnostic.
struct ServiceParse {
  std::optional<ServiceTerm> term;
  std::string error;  // set exactly when there is no term
};
[[nodiscard]] ServiceParse parse_service(std::string_view text);
[[nodiscard]] std::string to_string(const ServiceTerm& term);
[[nodiscard]] std::string to_string(const ServiceSet& terms);  // joined by ", "

// The other direction of a connection, as a filter without memory has to admit it: TCP with ACK or
// RST and UDP with ports exchanged, echo answered by echo-reply, other protocols both ways. An ICMP
// type that is not a request has no reply.
[[nodiscard]] ServiceSet reply_of(const ServiceSet& terms);

}  // namespace cordon::packet

#endif  // COMPILER_PACKET_SERVICE_H
