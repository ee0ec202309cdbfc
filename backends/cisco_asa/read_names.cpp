// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_asa/read_names.h"

#include <algorithm>
#include <span>

#include "backends/common/command_words.h"
#include "compiler/packet/service.h"

namespace cordon::backends::cisco_asa::reading {
namespace {

template <class Number>
struct Name {
  std::string_view word;
  Number number;
};

constexpr Name<std::uint8_t> protocols[] = {
    {"icmp", 1},  {"igmp", 2},  {"ipinip", 4}, {"igrp", 9},  {"tcp", 6},    {"udp", 17},   {"gre", 47},
    {"pptp", 47}, {"esp", 50},  {"ipsec", 50}, {"ah", 51},   {"icmp6", 58}, {"eigrp", 88}, {"ospf", 89},
    {"nos", 94},  {"pim", 103}, {"pcp", 108},  {"snp", 109}, {"sctp", 132},
};

// `kerberos` and `sqlnet` are left out: their ports differ between releases.
constexpr Name<std::uint16_t> tcp_ports[] = {
    {"aol", 5190},        {"bgp", 179},
    {"chargen", 19},      {"cifs", 3020},
    {"citrix-ica", 1494}, {"cmd", 514},
    {"ctiqbe", 2748},     {"daytime", 13},
    {"discard", 9},       {"domain", 53},
    {"echo", 7},          {"exec", 512},
    {"finger", 79},       {"ftp", 21},
    {"ftp-data", 20},     {"gopher", 70},
    {"h323", 1720},       {"hostname", 101},
    {"http", 80},         {"https", 443},
    {"ident", 113},       {"imap4", 143},
    {"irc", 194},         {"klogin", 543},
    {"kshell", 544},      {"ldap", 389},
    {"ldaps", 636},       {"login", 513},
    {"lotusnotes", 1352}, {"lpd", 515},
    {"netbios-ssn", 139}, {"nfs", 2049},
    {"nntp", 119},        {"pcanywhere-data", 5631},
    {"pim-auto-rp", 496}, {"pop2", 109},
    {"pop3", 110},        {"pptp", 1723},
    {"rsh", 514},         {"rtsp", 554},
    {"sip", 5060},        {"smtp", 25},
    {"ssh", 22},          {"sunrpc", 111},
    {"tacacs", 49},       {"talk", 517},
    {"telnet", 23},       {"uucp", 540},
    {"whois", 43},        {"www", 80},
};

constexpr Name<std::uint16_t> udp_ports[] = {
    {"biff", 512},
    {"bootpc", 68},
    {"bootps", 67},
    {"cifs", 3020},
    {"discard", 9},
    {"dnsix", 195},
    {"domain", 53},
    {"echo", 7},
    {"http", 80},
    {"isakmp", 500},
    {"mobile-ip", 434},
    {"nameserver", 42},
    {"netbios-dgm", 138},
    {"netbios-ns", 137},
    {"nfs", 2049},
    {"ntp", 123},
    {"pcanywhere-status", 5632},
    {"pim-auto-rp", 496},
    {"radius", 1645},
    {"radius-acct", 1646},
    {"rip", 520},
    {"rtsp", 554},
    {"secureid-udp", 5510},
    {"sip", 5060},
    {"snmp", 161},
    {"snmptrap", 162},
    {"sunrpc", 111},
    {"syslog", 514},
    {"tacacs", 49},
    {"talk", 517},
    {"tftp", 69},
    {"time", 37},
    {"vxlan", 4789},
    {"who", 513},
    {"www", 80},
    {"xdmcp", 177},
};

constexpr Name<std::uint8_t> icmp_types[] = {
    {"echo-reply", 0},           {"unreachable", 3},
    {"source-quench", 4},        {"redirect", 5},
    {"alternate-address", 6},    {"echo", 8},
    {"router-advertisement", 9}, {"router-solicitation", 10},
    {"time-exceeded", 11},       {"parameter-problem", 12},
    {"timestamp-request", 13},   {"timestamp-reply", 14},
    {"information-request", 15}, {"information-reply", 16},
    {"mask-request", 17},        {"mask-reply", 18},
    {"traceroute", 30},          {"conversion-error", 31},
    {"mobile-redirect", 32},
};

constexpr Name<std::uint8_t> icmp6_types[] = {
    {"unreachable", 1},
    {"packet-too-big", 2},
    {"time-exceeded", 3},
    {"parameter-problem", 4},
    {"echo", 128},
    {"echo-reply", 129},
    {"membership-query", 130},
    {"membership-report", 131},
    {"membership-reduction", 132},
    {"router-solicitation", 133},
    {"router-advertisement", 134},
    {"neighbor-solicitation", 135},
    {"neighbor-advertisement", 136},
    {"neighbor-redirect", 137},
    {"router-renumbering", 138},
};

template <class Number>
std::optional<Number> find(std::string_view word, std::span<const Name<Number>> names) {
  const auto found = std::ranges::find(names, word, &Name<Number>::word);
  if (found == names.end()) return std::nullopt;
  return found->number;
}

}  // namespace

std::optional<std::uint8_t> protocol_number(std::string_view word) {
  if (const auto given = number<std::uint8_t>(word)) return *given == 0 ? std::nullopt : given;
  return find<std::uint8_t>(word, protocols);
}

std::optional<std::uint16_t> port_number(std::string_view word, std::uint8_t protocol) {
  if (const auto given = number<std::uint16_t>(word)) return given;
  if (protocol == packet::protocol::tcp) return find<std::uint16_t>(word, tcp_ports);
  return protocol == packet::protocol::udp ? find<std::uint16_t>(word, udp_ports) : std::nullopt;
}

std::optional<std::uint8_t> icmp_type(std::string_view word, std::uint8_t protocol) {
  if (const auto given = number<std::uint8_t>(word)) return given;
  return find<std::uint8_t>(word, protocol == packet::protocol::icmp
                                      ? std::span<const Name<std::uint8_t>>(icmp_types)
                                      : icmp6_types);
}

}  // namespace cordon::backends::cisco_asa::reading
