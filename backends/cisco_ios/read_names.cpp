// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_ios/read_names.h"

#include <algorithm>
#include <span>

#include "backends/cisco_ios/read_words.h"
#include "compiler/packet/service.h"

namespace cordon::backends::cisco_ios {
namespace {

template <class Value>
struct Name {
  std::string_view word;
  Value value;
};
using PortName = Name<std::uint16_t>;

// Ascending by word, each table.
constexpr Name<std::uint8_t> protocols[] = {
    {"ahp", 51},  {"eigrp", 88}, {"esp", 50},   {"gre", 47}, {"icmp", 1},
    {"igmp", 2},  {"igrp", 9},   {"ipinip", 4}, {"nos", 94}, {"ospf", 89},
    {"pcp", 108}, {"pim", 103},  {"sctp", 132}, {"tcp", 6},  {"udp", 17},
};

constexpr PortName tcp_ports[] = {
    {"bgp", 179},
    {"chargen", 19},
    {"cmd", 514},
    {"connectedapps-plain", 15001},
    {"connectedapps-tls", 15002},
    {"daytime", 13},
    {"discard", 9},
    {"domain", 53},
    {"drip", 3949},
    {"echo", 7},
    {"exec", 512},
    {"finger", 79},
    {"ftp", 21},
    {"ftp-data", 20},
    {"gopher", 70},
    {"hostname", 101},
    {"ident", 113},
    {"irc", 194},
    {"klogin", 543},
    {"kshell", 544},
    {"login", 513},
    {"lpd", 515},
    {"msrpc", 135},
    {"nntp", 119},
    {"onep-plain", 15001},
    {"onep-tls", 15002},
    {"pim-auto-rp", 496},
    {"pop2", 109},
    {"pop3", 110},
    {"smtp", 25},
    {"sunrpc", 111},
    {"syslog", 514},
    {"tacacs", 49},
    {"talk", 517},
    {"telnet", 23},
    {"time", 37},
    {"uucp", 540},
    {"whois", 43},
    {"www", 80},
};

constexpr PortName udp_ports[] = {
    {"biff", 512},        {"bootpc", 68},
    {"bootps", 67},       {"discard", 9},
    {"dnsix", 195},       {"domain", 53},
    {"echo", 7},          {"isakmp", 500},
    {"mobile-ip", 434},   {"nameserver", 42},
    {"netbios-dgm", 138}, {"netbios-ns", 137},
    {"netbios-ss", 139},  {"non500-isakmp", 4500},
    {"ntp", 123},         {"pim-auto-rp", 496},
    {"rip", 520},         {"ripv6", 521},
    {"snmp", 161},        {"snmptrap", 162},
    {"sunrpc", 111},      {"syslog", 514},
    {"tacacs", 49},       {"talk", 517},
    {"tftp", 69},         {"time", 37},
    {"who", 513},         {"xdmcp", 177},
};

constexpr Name<IcmpName> icmp_names[] = {
    {"administratively-prohibited", {3, 13}},
    {"alternate-address", {6, std::nullopt}},
    {"conversion-error", {31, std::nullopt}},
    {"dod-host-prohibited", {3, 10}},
    {"dod-net-prohibited", {3, 9}},
    {"echo", {8, std::nullopt}},
    {"echo-reply", {0, std::nullopt}},
    {"general-parameter-problem", {12, 0}},
    {"host-isolated", {3, 8}},
    {"host-precedence-unreachable", {3, 14}},
    {"host-redirect", {5, 1}},
    {"host-tos-redirect", {5, 3}},
    {"host-tos-unreachable", {3, 12}},
    {"host-unknown", {3, 7}},
    {"host-unreachable", {3, 1}},
    {"information-reply", {16, std::nullopt}},
    {"information-request", {15, std::nullopt}},
    {"mask-reply", {18, std::nullopt}},
    {"mask-request", {17, std::nullopt}},
    {"mobile-redirect", {32, std::nullopt}},
    {"net-redirect", {5, 0}},
    {"net-tos-redirect", {5, 2}},
    {"net-tos-unreachable", {3, 11}},
    {"net-unreachable", {3, 0}},
    {"network-unknown", {3, 6}},
    {"no-room-for-option", {12, 2}},
    {"option-missing", {12, 1}},
    {"packet-too-big", {3, 4}},
    {"parameter-problem", {12, std::nullopt}},
    {"port-unreachable", {3, 3}},
    {"precedence-unreachable", {3, 15}},
    {"protocol-unreachable", {3, 2}},
    {"reassembly-timeout", {11, 1}},
    {"redirect", {5, std::nullopt}},
    {"router-advertisement", {9, std::nullopt}},
    {"router-solicitation", {10, std::nullopt}},
    {"source-quench", {4, std::nullopt}},
    {"source-route-failed", {3, 5}},
    {"time-exceeded", {11, std::nullopt}},
    {"timestamp-reply", {14, std::nullopt}},
    {"timestamp-request", {13, std::nullopt}},
    {"traceroute", {30, std::nullopt}},
    {"ttl-exceeded", {11, 0}},
    {"unreachable", {3, std::nullopt}},
};

// unverified: the code of `destination-unreachable`.
constexpr Name<IcmpName> icmpv6_names[] = {
    {"beyond-scope", {1, 2}},
    {"destination-unreachable", {1, 3}},
    {"echo-reply", {129, std::nullopt}},
    {"echo-request", {128, std::nullopt}},
    {"header", {4, 0}},
    {"hop-limit", {3, 0}},
    {"mld-query", {130, std::nullopt}},
    {"mld-reduction", {132, std::nullopt}},
    {"mld-report", {131, std::nullopt}},
    {"mld-v2", {143, std::nullopt}},
    {"nd-na", {136, std::nullopt}},
    {"nd-ns", {135, std::nullopt}},
    {"next-header", {4, 1}},
    {"no-admin", {1, 1}},
    {"no-route", {1, 0}},
    {"packet-too-big", {2, std::nullopt}},
    {"parameter-option", {4, 2}},
    {"parameter-problem", {4, std::nullopt}},
    {"port-unreachable", {1, 4}},
    {"reassembly-timeout", {3, 1}},
    {"redirect", {137, std::nullopt}},
    {"router-advertisement", {134, std::nullopt}},
    {"router-renumbering", {138, std::nullopt}},
    {"router-solicitation", {133, std::nullopt}},
    {"time-exceeded", {3, std::nullopt}},
    {"unreachable", {1, std::nullopt}},
};

template <class Value>
constexpr bool is_ascending(std::span<const Name<Value>> names) {
  return std::is_sorted(names.begin(), names.end(),
                        [](const auto& a, const auto& b) { return a.word < b.word; });
}
static_assert(is_ascending<std::uint8_t>(protocols));
static_assert(is_ascending<std::uint16_t>(tcp_ports));
static_assert(is_ascending<std::uint16_t>(udp_ports));
static_assert(is_ascending<IcmpName>(icmp_names));
static_assert(is_ascending<IcmpName>(icmpv6_names));

template <class Value>
std::optional<Value> look_up(std::span<const Name<Value>> names, std::string_view word) {
  const auto found =
      std::lower_bound(names.begin(), names.end(), word,
                       [](const Name<Value>& name, std::string_view other) { return name.word < other; });
  if (found == names.end() || found->word != word) return std::nullopt;
  return found->value;
}

}  // namespace

std::optional<std::uint8_t> protocol_number(std::string_view word, packet::Family family) {
  // unverified: whether 0 means every protocol or the number 0.
  if (const auto given = number<std::uint8_t>(word)) return *given == 0 ? std::nullopt : given;
  if (word == "icmp" && family == packet::Family::ipv6) return packet::protocol::icmpv6;
  return look_up<std::uint8_t>(protocols, word);
}

std::optional<std::uint16_t> port_number(std::string_view word, std::uint8_t protocol) {
  if (const auto given = number<std::uint16_t>(word)) return given;
  if (protocol == packet::protocol::tcp) return look_up<std::uint16_t>(tcp_ports, word);
  if (protocol == packet::protocol::udp) return look_up<std::uint16_t>(udp_ports, word);
  return std::nullopt;
}

std::optional<IcmpName> icmp_name(std::string_view word, packet::Family family) {
  return family == packet::Family::ipv4 ? look_up<IcmpName>(icmp_names, word)
                                        : look_up<IcmpName>(icmpv6_names, word);
}

}  // namespace cordon::backends::cisco_ios
