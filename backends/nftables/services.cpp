// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A service set is a union of products (protocol, source ports, destination ports, …). Terms are
// sorted into groups that one expression can match without widening:
//
//   protocols alone               meta l4proto { esp, 112 }
//   destination ports             tcp dport { 22, 80-90 }
//   of several protocols          meta l4proto . th dport { tcp . 53, udp . 53 }   never a cross product
//   with source ports or flags    tcp sport 1024-65535 tcp dport 443 tcp flags & (rst | ack) != 0
//   ICMP types, types with codes  icmp type { 3, 11 }   icmp type . icmp code { 3 . 4, 3 . 13 }
//
// `th dport` alone matches ports of any protocol, so it stands only beside its protocol.

#include "backends/nftables/services.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "backends/nftables/text.h"

namespace cordon::backends::nftables {
namespace {

using packet::PortRange;
using packet::ServiceTerm;

bool above_ip(const ServiceTerm& term) {
  return !term.source.is_all() || !term.destination.is_all() || term.icmp_type.has_value() ||
         term.flags != packet::any_tcp_flags;
}

// Terms of one protocol that differ in destination ports only.
struct PortGroup {
  std::uint8_t protocol;
  packet::TcpFlagSet flags;
  PortRange source;
  friend auto operator<=>(const PortGroup&, const PortGroup&) = default;

  [[nodiscard]] bool destination_only() const { return flags == packet::any_tcp_flags && source.is_all(); }
};

struct Groups {
  bool everything = false;
  std::set<std::uint8_t> protocols;
  std::map<PortGroup, std::vector<PortRange>> ports;
  std::map<std::uint8_t, std::set<std::uint8_t>> types;
  std::map<std::uint8_t, std::set<std::pair<std::uint8_t, std::uint8_t>>> codes;

  void add(const ServiceTerm& term) {
    if (!term.protocol) {
      everything = true;
    } else if (!above_ip(term)) {
      protocols.insert(*term.protocol);
    } else if (term.icmp_type && term.icmp_code) {
      codes[*term.protocol].emplace(*term.icmp_type, *term.icmp_code);
    } else if (term.icmp_type) {
      types[*term.protocol].insert(*term.icmp_type);
    } else {
      ports[{*term.protocol, term.flags, term.source}].push_back(term.destination);
    }
  }
};

// Sorted, with overlapping and adjoining ranges joined: concatenated sets refuse overlaps.
std::vector<PortRange> joined(std::vector<PortRange> ranges) {
  std::ranges::sort(ranges);
  std::vector<PortRange> result;
  for (const PortRange range : ranges) {
    if (!result.empty() && range.first <= std::uint32_t{result.back().last} + 1) {
      result.back().last = std::max(result.back().last, range.last);
    } else {
      result.push_back(range);
    }
  }
  return result;
}

// The six flags are bits 0 to 5 of the header's byte, in our sets and in theirs.
std::string flags_text(packet::TcpFlagSet flags) {
  if (flags == packet::established_flags()) return "tcp flags & (rst | ack) != 0";
  std::vector<std::string> values;
  for (unsigned value = 0; value < 64; ++value) {
    if ((flags >> value & 1U) != 0) values.push_back(fmt::format("{:#x}", value));
  }
  return fmt::format("tcp flags & 0x3f == {{ {} }}", fmt::join(values, ", "));
}

std::string ports_match(const PortGroup& group, const std::vector<PortRange>& destinations) {
  const std::string name = protocol_text(group.protocol);
  std::string text;
  const auto add = [&text](std::string part) { text += (text.empty() ? "" : " ") + std::move(part); };
  if (!group.source.is_all()) add(fmt::format("{} sport {}", name, port_text(group.source)));
  // All ports of a group that has no other condition: said in full, so that the expression still looks
  // at a header that later fragments lack.
  if (!destinations.front().is_all() || group.destination_only()) {
    std::vector<std::string> ports;
    for (const PortRange range : destinations) ports.push_back(port_text(range));
    add(fmt::format("{} dport {}", name, braces(ports)));
  }
  if (group.flags != packet::any_tcp_flags) add(flags_text(group.flags));
  return text;
}

void add_port_matches(const Groups& groups, std::vector<std::string>& matches) {
  std::vector<std::string> pairs;
  std::vector<std::string> singles;
  std::size_t protocols = 0;
  for (const auto& [group, ranges] : groups.ports) {
    const std::vector<PortRange> destinations = joined(ranges);
    if (!group.destination_only()) continue;
    ++protocols;
    singles.push_back(ports_match(group, destinations));
    for (const PortRange range : destinations) {
      pairs.push_back(fmt::format("{} . {}", protocol_text(group.protocol), port_text(range)));
    }
  }
  if (protocols == 1) {
    matches.push_back(singles.front());
  } else if (protocols > 1) {
    matches.push_back("meta l4proto . th dport " + braces(pairs));
  }
  for (const auto& [group, ranges] : groups.ports) {
    if (!group.destination_only()) matches.push_back(ports_match(group, joined(ranges)));
  }
}

void add_icmp_matches(const Groups& groups, std::vector<std::string>& matches) {
  for (const auto& [protocol, types] : groups.types) {
    std::vector<std::string> texts;
    for (const std::uint8_t type : types) texts.push_back(fmt::format("{}", type));
    matches.push_back(fmt::format("{} type {}", protocol_text(protocol), braces(texts)));
  }
  for (const auto& [protocol, codes] : groups.codes) {
    const std::string name = protocol_text(protocol);
    std::vector<std::string> texts;
    for (const auto& [type, code] : codes) texts.push_back(fmt::format("{} . {}", type, code));
    matches.push_back(fmt::format("{0} type . {0} code {{ {1} }}", name, fmt::join(texts, ", ")));
  }
}

}  // namespace

std::string protocol_text(std::uint8_t number) {
  switch (number) {
    case packet::protocol::icmp:
      return "icmp";
    case packet::protocol::tcp:
      return "tcp";
    case packet::protocol::udp:
      return "udp";
    case packet::protocol::icmpv6:
      return "icmpv6";
    case packet::protocol::sctp:
      return "sctp";
    default:
      return fmt::format("{}", number);
  }
}

std::string port_text(PortRange ports) {
  return ports.first == ports.last ? fmt::format("{}", ports.first)
                                   : fmt::format("{}-{}", ports.first, ports.last);
}

std::vector<std::string> service_matches(const packet::ServiceSet& terms) {
  Groups groups;
  for (const ServiceTerm& term : terms) groups.add(term);
  if (groups.everything) return {""};

  std::vector<std::string> matches;
  if (!groups.protocols.empty()) {
    std::vector<std::string> names;
    for (const std::uint8_t number : groups.protocols) names.push_back(protocol_text(number));
    matches.push_back("meta l4proto " + braces(names));
  }
  add_port_matches(groups, matches);
  add_icmp_matches(groups, matches);
  return matches;
}

std::vector<ProtocolPorts> destination_ports(const packet::ServiceSet& terms) {
  std::map<std::uint8_t, std::vector<PortRange>> ports;
  for (const ServiceTerm& term : terms) {
    const bool simple = term.protocol && packet::has_ports(*term.protocol) && term.source.is_all() &&
                        term.flags == packet::any_tcp_flags;
    if (!simple) return {};
    ports[*term.protocol].push_back(term.destination);
  }
  std::vector<ProtocolPorts> result;
  for (const auto& [protocol, ranges] : ports) {
    for (const PortRange range : joined(ranges)) result.push_back({protocol, range});
  }
  return result;
}

std::vector<std::uint8_t> protocols_above_ip(const packet::ServiceSet& terms) {
  std::set<std::uint8_t> all;
  std::set<std::uint8_t> bare;
  for (const ServiceTerm& term : terms) {
    if (!term.protocol) return {};
    (above_ip(term) ? all : bare).insert(*term.protocol);
  }
  std::vector<std::uint8_t> result;
  std::ranges::set_difference(all, bare, std::back_inserter(result));
  return result;
}

}  // namespace cordon::backends::nftables
