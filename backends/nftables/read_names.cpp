// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/read_names.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace cordon::backends::nftables::reading {
namespace {

constexpr Name protocols[] = {
    {"ip", 0},      {"hopopt", 0},     {"icmp", 1},        {"igmp", 2},        {"ggp", 3},
    {"ipencap", 4}, {"st", 5},         {"tcp", 6},         {"egp", 8},         {"igp", 9},
    {"udp", 17},    {"dccp", 33},      {"ipv6", 41},       {"ipv6-route", 43}, {"ipv6-frag", 44},
    {"rsvp", 46},   {"gre", 47},       {"esp", 50},        {"ah", 51},         {"skip", 57},
    {"icmpv6", 58}, {"ipv6-icmp", 58}, {"ipv6-nonxt", 59}, {"ipv6-opts", 60},  {"eigrp", 88},
    {"ospf", 89},   {"ipip", 94},      {"etherip", 97},    {"encap", 98},      {"pim", 103},
    {"comp", 108},  {"ipcomp", 108},   {"vrrp", 112},      {"l2tp", 115},      {"isis", 124},
    {"sctp", 132},  {"fc", 133},       {"mh", 135},        {"udplite", 136},   {"mpls-in-ip", 137},
    {"manet", 138}, {"hip", 139},      {"shim6", 140},     {"wesp", 141},      {"rohc", 142},
};

constexpr Name ports[] = {
    {"echo", 7},
    {"discard", 9},
    {"daytime", 13},
    {"ftp-data", 20},
    {"ftp", 21},
    {"ssh", 22},
    {"telnet", 23},
    {"smtp", 25},
    {"time", 37},
    {"whois", 43},
    {"tacacs", 49},
    {"domain", 53},
    {"bootps", 67},
    {"bootpc", 68},
    {"tftp", 69},
    {"gopher", 70},
    {"finger", 79},
    {"http", 80},
    {"kerberos", 88},
    {"iso-tsap", 102},
    {"acr-nema", 104},
    {"pop3", 110},
    {"sunrpc", 111},
    {"auth", 113},
    {"nntp", 119},
    {"ntp", 123},
    {"epmap", 135},
    {"netbios-ns", 137},
    {"netbios-dgm", 138},
    {"netbios-ssn", 139},
    {"imap2", 143},
    {"imap", 143},
    {"snmp", 161},
    {"snmp-trap", 162},
    {"bgp", 179},
    {"irc", 194},
    {"ldap", 389},
    {"https", 443},
    {"microsoft-ds", 445},
    {"kpasswd", 464},
    {"submissions", 465},
    {"isakmp", 500},
    {"exec", 512},
    {"login", 513},
    {"shell", 514},
    {"syslog", 514},
    {"printer", 515},
    {"ripng", 521},
    {"dhcpv6-client", 546},
    {"dhcpv6-server", 547},
    {"rtsp", 554},
    {"submission", 587},
    {"ipp", 631},
    {"ldaps", 636},
    {"tinc", 655},
    {"domain-s", 853},
    {"rsync", 873},
    {"ftps-data", 989},
    {"ftps", 990},
    {"imaps", 993},
    {"pop3s", 995},
    {"socks", 1080},
    {"openvpn", 1194},
    {"ms-sql-s", 1433},
    {"ms-sql-m", 1434},
    {"l2f", 1701},
    {"radius", 1812},
    {"radius-acct", 1813},
    {"nfs", 2049},
    {"mysql", 3306},
    {"iscsi-target", 3260},
    {"ms-wbt-server", 3389},
    {"svn", 3690},
    {"ipsec-nat-t", 4500},
    {"sip", 5060},
    {"sip-tls", 5061},
    {"mdns", 5353},
    {"postgresql", 5432},
    {"amqps", 5671},
    {"amqp", 5672},
    {"x11", 6000},
    {"ircs-u", 6697},
    {"http-alt", 8080},
    {"zabbix-agent", 10050},
};

constexpr Name icmp_types[] = {
    {"echo-reply", 0},           {"destination-unreachable", 3},
    {"source-quench", 4},        {"redirect", 5},
    {"echo-request", 8},         {"router-advertisement", 9},
    {"router-solicitation", 10}, {"time-exceeded", 11},
    {"parameter-problem", 12},   {"timestamp-request", 13},
    {"timestamp-reply", 14},     {"info-request", 15},
    {"info-reply", 16},          {"address-mask-request", 17},
    {"address-mask-reply", 18},
};
constexpr Name icmp_codes[] = {
    {"net-unreachable", 0}, {"host-unreachable", 1}, {"prot-unreachable", 2}, {"port-unreachable", 3},
    {"frag-needed", 4},     {"net-prohibited", 9},   {"host-prohibited", 10}, {"admin-prohibited", 13},
};
constexpr Name icmpv6_types[] = {
    {"destination-unreachable", 1},  {"packet-too-big", 2},         {"time-exceeded", 3},
    {"parameter-problem", 4},        {"echo-request", 128},         {"echo-reply", 129},
    {"mld-listener-query", 130},     {"mld-listener-report", 131},  {"mld-listener-done", 132},
    {"mld-listener-reduction", 132}, {"nd-router-solicit", 133},    {"nd-router-advert", 134},
    {"nd-neighbor-solicit", 135},    {"nd-neighbor-advert", 136},   {"nd-redirect", 137},
    {"router-renumbering", 138},     {"ind-neighbor-solicit", 141}, {"ind-neighbor-advert", 142},
    {"mld2-listener-report", 143},
};
constexpr Name icmpv6_codes[] = {{"no-route", 0},         {"admin-prohibited", 1}, {"addr-unreachable", 3},
                                 {"port-unreachable", 4}, {"policy-fail", 5},      {"reject-route", 6}};
constexpr Name flags[] = {{"fin", 1},  {"syn", 2},  {"rst", 4},  {"psh", 8},
                          {"ack", 16}, {"urg", 32}, {"ecn", 64}, {"cwr", 128}};
constexpr Name states[] = {{"invalid", 1}, {"established", 2}, {"related", 4}, {"new", 8}, {"untracked", 64}};
constexpr Name nf_protocols[] = {{"ipv4", 2}, {"ipv6", 10}};
constexpr Name ether_types[] = {{"ip", 0x0800},    {"arp", 0x0806},    {"vlan", 0x8100},
                                {"8021q", 0x8100}, {"8021ad", 0x88a8}, {"ip6", 0x86dd}};
constexpr Name presence[] = {{"missing", 0}, {"exists", 1}};

constexpr Field other_field{};
constexpr Field ipv4_field{Values::ipv4, 32, {}};
constexpr Field ipv6_field{Values::ipv6, 128, {}};
constexpr Field protocol_field{Values::numbers, 8, protocols};
constexpr Field port_field{Values::numbers, 16, ports};
constexpr Field number4_field{Values::numbers, 4, {}};
constexpr Field number16_field{Values::numbers, 16, {}};
constexpr Field frag_offset_field{Values::numbers, 13, {}};
constexpr Field frag_exists_field{Values::numbers, 1, presence};
constexpr Field icmp_type_field{Values::numbers, 8, icmp_types};
constexpr Field icmp_code_field{Values::numbers, 8, icmp_codes};
constexpr Field icmpv6_type_field{Values::numbers, 8, icmpv6_types};
constexpr Field icmpv6_code_field{Values::numbers, 8, icmpv6_codes};
constexpr Field flags_field{Values::flags, 8, flags};
constexpr Field state_field{Values::flags, 7, states};
constexpr Field nf_protocol_field{Values::numbers, 8, nf_protocols};
constexpr Field ether_type_field{Values::numbers, 16, ether_types};
constexpr Field interface_field{Values::interfaces, 0, {}};

struct SelectorName {
  std::string_view base, name;
  Selector selector;
};
constexpr SelectorName selectors[] = {
    {"ip", "saddr", Selector::ip_source},
    {"ip", "daddr", Selector::ip_destination},
    {"ip", "protocol", Selector::ip_protocol},
    {"ip", "frag-off", Selector::ip_fragment},
    {"ip", "version", Selector::ip_version},
    {"ip6", "saddr", Selector::ip6_source},
    {"ip6", "daddr", Selector::ip6_destination},
    {"ip6", "version", Selector::ip6_version},
    {"th", "sport", Selector::th_source},
    {"th", "dport", Selector::th_destination},
    {"tcp", "sport", Selector::tcp_source},
    {"tcp", "dport", Selector::tcp_destination},
    {"tcp", "flags", Selector::tcp_flags},
    {"udp", "sport", Selector::udp_source},
    {"udp", "dport", Selector::udp_destination},
    {"sctp", "sport", Selector::sctp_source},
    {"sctp", "dport", Selector::sctp_destination},
    {"icmp", "type", Selector::icmp_type},
    {"icmp", "code", Selector::icmp_code},
    {"icmpv6", "type", Selector::icmpv6_type},
    {"icmpv6", "code", Selector::icmpv6_code},
    {"meta", "l4proto", Selector::l4_protocol},
    {"meta", "nfproto", Selector::nf_protocol},
    {"meta", "protocol", Selector::ether_type},
    {"meta", "iif", Selector::in_name},
    {"meta", "iifname", Selector::in_name},
    {"meta", "oif", Selector::out_name},
    {"meta", "oifname", Selector::out_name},
    {"ct", "state", Selector::ct_state},
    {"frag", "frag-off", Selector::frag_offset},
    {"exthdr", "frag", Selector::frag_exists},
};

constexpr std::string_view bases[] = {"ip",  "ip6",  "tcp",  "udp",    "udplite", "sctp", "dccp",
                                      "th",  "icmp", "igmp", "icmpv6", "ether",   "vlan", "arp",
                                      "ah",  "esp",  "comp", "frag",   "exthdr",  "hbh",  "rt",
                                      "dst", "mh",   "meta", "ct",     "socket"};
constexpr std::string_view meta_keys[] = {
    "iif",      "iifname",   "iiftype",  "iifkind",     "iifgroup",   "oif",     "oifname", "oiftype",
    "oifkind",  "oifgroup",  "mark",     "skuid",       "skgid",      "nftrace", "cpu",     "cgroup",
    "pkttype",  "rtclassid", "ibrname",  "obrname",     "length",     "nfproto", "l4proto", "protocol",
    "priority", "ibriport",  "obriport", "ibridgename", "obridgename"};
constexpr Name priorities[] = {{"raw", 0},      {"mangle", 150},   {"dstnat", 200},
                               {"filter", 300}, {"security", 350}, {"srcnat", 400}};
constexpr int lowest_named_priority = -300;

}  // namespace

// NOLINTNEXTLINE(readability-function-cognitive-complexity): a table
const Field& field(Selector selector) {
  switch (selector) {
    case Selector::ip_source:
    case Selector::ip_destination:
      return ipv4_field;
    case Selector::ip6_source:
    case Selector::ip6_destination:
      return ipv6_field;
    case Selector::ip_protocol:
    case Selector::l4_protocol:
      return protocol_field;
    case Selector::ip_version:
    case Selector::ip6_version:
      return number4_field;
    case Selector::ip_fragment:
      return number16_field;
    case Selector::frag_offset:
      return frag_offset_field;
    case Selector::frag_exists:
      return frag_exists_field;
    case Selector::th_source:
    case Selector::th_destination:
    case Selector::tcp_source:
    case Selector::tcp_destination:
    case Selector::udp_source:
    case Selector::udp_destination:
    case Selector::sctp_source:
    case Selector::sctp_destination:
      return port_field;
    case Selector::tcp_flags:
      return flags_field;
    case Selector::ct_state:
      return state_field;
    case Selector::icmp_type:
      return icmp_type_field;
    case Selector::icmp_code:
      return icmp_code_field;
    case Selector::icmpv6_type:
      return icmpv6_type_field;
    case Selector::icmpv6_code:
      return icmpv6_code_field;
    case Selector::nf_protocol:
      return nf_protocol_field;
    case Selector::ether_type:
      return ether_type_field;
    case Selector::in_name:
    case Selector::out_name:
      return interface_field;
    case Selector::other:
      break;
  }
  return other_field;
}

std::optional<Selector> find_selector(std::string_view base, std::string_view name) {
  for (const SelectorName& row : selectors) {
    if (row.base == base && row.name == name) return row.selector;
  }
  return std::nullopt;
}

bool has_fields(std::string_view base) { return std::ranges::find(bases, base) != std::end(bases); }
bool is_meta_key(std::string_view word) { return std::ranges::find(meta_keys, word) != std::end(meta_keys); }

std::optional<std::uint32_t> find_name(std::span<const Name> names, std::string_view name) {
  for (const Name& row : names) {
    if (row.name == name) return row.number;
  }
  return std::nullopt;
}

std::optional<int> priority_named(std::string_view name) {
  const auto offset = find_name(priorities, name);
  if (!offset) return std::nullopt;
  return lowest_named_priority + static_cast<int>(*offset);
}

}  // namespace cordon::backends::nftables::reading
