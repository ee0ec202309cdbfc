// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/names.h"

#include <algorithm>

#include "compiler/packet/service.h"

namespace cordon::packet {
namespace {

constexpr NumberName protocols[] = {
    {1, "icmp"},   {2, "igmp"},   {4, "ipv4"},   {6, "tcp"},       {17, "udp"},
    {41, "ipv6"},  {47, "gre"},   {50, "esp"},   {51, "ah"},       {58, "icmpv6"},
    {88, "eigrp"}, {89, "ospf"},  {94, "ipip"},  {103, "pim"},     {108, "ipcomp"},
    {112, "vrrp"}, {115, "l2tp"}, {132, "sctp"}, {136, "udplite"},
};

constexpr NumberName icmp_types[] = {
    {0, "echo-reply"},
    {3, "destination-unreachable"},
    {4, "source-quench"},
    {5, "redirect"},
    {8, "echo-request"},
    {9, "router-advertisement"},
    {10, "router-solicitation"},
    {11, "time-exceeded"},
    {12, "parameter-problem"},
    {13, "timestamp"},
    {14, "timestamp-reply"},
    {15, "information-request"},
    {16, "information-reply"},
    {17, "address-mask-request"},
    {18, "address-mask-reply"},
    {30, "traceroute"},
    {40, "photuris"},
    {42, "extended-echo-request"},
    {43, "extended-echo-reply"},
};

constexpr NumberName icmpv6_types[] = {
    {1, "destination-unreachable"},
    {2, "packet-too-big"},
    {3, "time-exceeded"},
    {4, "parameter-problem"},
    {128, "echo-request"},
    {129, "echo-reply"},
    {130, "multicast-listener-query"},
    {131, "multicast-listener-report"},
    {132, "multicast-listener-done"},
    {133, "router-solicitation"},
    {134, "router-advertisement"},
    {135, "neighbor-solicitation"},
    {136, "neighbor-advertisement"},
    {137, "redirect"},
    {138, "router-renumbering"},
    {139, "node-information-query"},
    {140, "node-information-response"},
    {141, "inverse-neighbor-discovery-solicitation"},
    {142, "inverse-neighbor-discovery-advertisement"},
    {143, "multicast-listener-report-v2"},
    {144, "home-agent-address-discovery-request"},
    {145, "home-agent-address-discovery-reply"},
    {146, "mobile-prefix-solicitation"},
    {147, "mobile-prefix-advertisement"},
    {148, "certification-path-solicitation"},
    {149, "certification-path-advertisement"},
    {151, "multicast-router-advertisement"},
    {152, "multicast-router-solicitation"},
    {153, "multicast-router-termination"},
    {160, "extended-echo-request"},
    {161, "extended-echo-reply"},
};

}  // namespace

std::span<const NumberName> protocol_names() { return protocols; }

std::span<const NumberName> icmp_type_names(std::uint8_t protocol) {
  if (protocol == protocol::icmp) return icmp_types;
  if (protocol == protocol::icmpv6) return icmpv6_types;
  return {};
}

std::optional<std::uint8_t> find_number(std::span<const NumberName> table, std::string_view name) {
  const auto row = std::ranges::find(table, name, &NumberName::name);
  if (row == table.end()) return std::nullopt;
  return row->number;
}

std::string_view find_name(std::span<const NumberName> table, std::uint8_t number) {
  const auto row = std::ranges::find(table, number, &NumberName::number);
  return row == table.end() ? std::string_view() : row->name;
}

}  // namespace cordon::packet
