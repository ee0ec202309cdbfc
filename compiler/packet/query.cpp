// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/query.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <optional>
#include <unordered_map>

#include "compiler/base/check.h"
#include "compiler/packet/samples.h"

namespace cordon::packet {
namespace {

constexpr std::uint32_t last_port = 65535;

std::uint32_t service_value(const Packet& packet) {
  if (packet.fragment == Fragment::later) return later_fragment;
  if (is_icmp(packet.protocol)) return packet.icmp_type * 256U + packet.icmp_code;
  return packet.destination_port;
}

std::uint32_t state_value(State state) {
  return static_cast<std::uint32_t>(std::countr_zero(static_cast<unsigned>(state)));
}

// Goes down one level, to the wanted value if the set holds it and else to the least that it holds.
std::uint32_t choose(const Diagram& diagram, NodeId& node, Level level, std::uint32_t wanted) {
  const NodeId preferred = diagram.follow(node, level, wanted);
  if (preferred != empty_node) {
    node = preferred;
    return wanted;
  }
  std::uint32_t first = 0;
  for (const Edge& edge : diagram.edges(node)) {
    if (edge.child != empty_node) {
      node = edge.child;
      return first;
    }
    first = edge.last + 1;
  }
  CORDON_CHECK(false);  // a node without packets is the empty node
}

Bits choose_address(const Diagram& diagram, const AddressDomain& domain, NodeId& node, Level level,
                    Bits wanted) {
  const std::uint32_t home = domain.stretch_of(wanted);
  const std::uint32_t stretch = choose(diagram, node, level, home);
  return stretch == home ? wanted : domain.range({stretch, stretch + 1}).first;
}

struct Preferred {
  Bits source, destination;
};

Preferred preferred_addresses(Family family) {
  const bool v4 = family == Family::ipv4;
  return {parse_address(v4 ? "192.0.2.1" : "2001:db8::1")->bits,
          parse_address(v4 ? "192.0.2.2" : "2001:db8::2")->bits};
}

void set_service(Packet& packet, std::uint32_t value) {
  if (value == later_fragment) {
    packet.fragment = Fragment::later;
  } else if (is_icmp(packet.protocol)) {
    packet.icmp_type = static_cast<std::uint8_t>(value >> 8);
    packet.icmp_code = static_cast<std::uint8_t>(value & 0xff);
  } else {
    packet.destination_port = static_cast<std::uint16_t>(value);
  }
}

std::uint32_t preferred_service(const Packet& packet) {
  if (packet.protocol == protocol::icmp) return 8 * 256;
  if (packet.protocol == protocol::icmpv6) return 128 * 256;
  return 443;
}

// Counts packets, not points of the diagram: a field that a packet lacks has one value.
class Counter {
 public:
  Counter(const Diagram& diagram, const AddressDomain& domain, Family family)
      : diagram_(&diagram), domain_(&domain), family_(family) {}

  [[nodiscard]] long double addresses(NodeId node, Level level) {
    if (level == Level::protocol) return protocols(node);
    const Level below = level == first_level(family_) ? second_level(family_) : Level::protocol;
    if (const auto known = address_memo_.find(key(node, level)); known != address_memo_.end()) {
      return known->second;
    }
    long double sum = 0;
    if (diagram_->level(node) != level) {
      sum = width({0, to_the_end}) * addresses(node, below);
    } else {
      std::uint32_t first = 0;
      for (const Edge& edge : diagram_->edges(node)) {
        const std::uint32_t end = edge.last == to_the_end ? to_the_end : edge.last + 1;
        if (edge.child != empty_node) sum += width({first, end}) * addresses(edge.child, below);
        first = end;
      }
    }
    return address_memo_[key(node, level)] = sum;
  }

 private:
  // What a packet of a protocol has.
  struct Fields {
    bool services = false, source_ports = false, flags = false;
  };
  static Fields fields(std::uint32_t number) {
    const auto protocol = static_cast<std::uint8_t>(number);
    if (protocol == protocol::tcp) return {true, true, true};
    if (has_ports(protocol)) return {true, true, false};
    return is_icmp(protocol) ? Fields{true, false, false} : Fields{};
  }

  static std::uint64_t key(NodeId node, Level level) {
    return std::uint64_t{node} << 8 | static_cast<std::uint64_t>(level);
  }

  [[nodiscard]] long double width(Stretch stretch) const {
    const AddressRange range = domain_->range(stretch);
    return static_cast<long double>(range.last - range.first) + 1;
  }

  [[nodiscard]] long double protocols(NodeId node) {
    if (const auto known = protocol_memo_.find(node); known != protocol_memo_.end()) return known->second;
    long double sum = 0;
    for (std::uint32_t number = 0; number < 256; ++number) {
      sum += services(diagram_->follow(node, Level::protocol, number), fields(number));
    }
    return protocol_memo_[node] = sum;
  }

  [[nodiscard]] long double services(NodeId node, const Fields& fields) const {
    if (node == empty_node) return 0;
    const Fields none;
    const long double later =
        below(diagram_->follow(node, Level::service, later_fragment), Level::source_port, none);
    if (!fields.services)
      return later + below(diagram_->follow(node, Level::service, 0), Level::source_port, none);
    return later + intervals(node, Level::service, last_port, fields);
  }

  // Of the levels from source ports on.
  [[nodiscard]] long double below(NodeId node, Level level, const Fields& fields) const {
    if (node == empty_node) return 0;
    if (level == Level::source_port && fields.source_ports) return intervals(node, level, last_port, fields);
    if (level == Level::source_port) return below(node, Level::tcp_flags, fields);
    if (level == Level::tcp_flags && fields.flags) return intervals(node, level, 63, fields);
    if (level == Level::tcp_flags) return below(node, Level::state, fields);
    if (level == Level::state) return intervals(node, level, 2, fields);
    return 1;
  }

  [[nodiscard]] long double intervals(NodeId node, Level level, std::uint32_t highest,
                                      const Fields& fields) const {
    const auto next = static_cast<Level>(static_cast<unsigned>(level) + 1);
    if (diagram_->level(node) != level) return (highest + 1.0L) * below(node, next, fields);
    long double sum = 0;
    std::uint32_t first = 0;
    for (const Edge& edge : diagram_->edges(node)) {
      const std::uint32_t last = std::min(edge.last, highest);
      if (last >= first) sum += (last - first + 1.0L) * below(edge.child, next, fields);
      if (edge.last >= highest) break;
      first = edge.last + 1;
    }
    return sum;
  }

  const Diagram* diagram_;
  const AddressDomain* domain_;
  Family family_;
  std::unordered_map<std::uint64_t, long double> address_memo_;
  std::unordered_map<NodeId, long double> protocol_memo_;
};

}  // namespace

bool holds(const Diagram& diagram, const RuleLists& lists, NodeId root, const Packet& packet) {
  const Family family = packet.family;
  const AddressDomain& domain = lists.domain(family);
  const bool source_first = lists.source_first(family);
  const Bits first = source_first ? packet.source : packet.destination;
  const Bits second = source_first ? packet.destination : packet.source;
  NodeId node = diagram.follow(root, first_level(family), domain.stretch_of(first));
  node = diagram.follow(node, second_level(family), domain.stretch_of(second));
  node = diagram.follow(node, Level::protocol, packet.protocol);
  node = diagram.follow(node, Level::service, service_value(packet));
  node = diagram.follow(node, Level::source_port, packet.source_port);
  node = diagram.follow(node, Level::tcp_flags, packet.tcp_flags);
  return diagram.follow(node, Level::state, state_value(packet.state)) == full_node;
}

Packet plainest_packet(const Diagram& diagram, const RuleLists& lists, Family family, NodeId root) {
  const AddressDomain& domain = lists.domain(family);
  const Preferred preferred = preferred_addresses(family);
  const bool source_first = lists.source_first(family);
  Packet packet;
  packet.family = family;
  Bits& first = source_first ? packet.source : packet.destination;
  Bits& second = source_first ? packet.destination : packet.source;
  NodeId node = root;
  first = choose_address(diagram, domain, node, first_level(family),
                         source_first ? preferred.source : preferred.destination);
  second = choose_address(diagram, domain, node, second_level(family),
                          source_first ? preferred.destination : preferred.source);
  packet.protocol = static_cast<std::uint8_t>(choose(diagram, node, Level::protocol, protocol::tcp));
  set_service(packet, choose(diagram, node, Level::service, preferred_service(packet)));
  packet.source_port = static_cast<std::uint16_t>(choose(diagram, node, Level::source_port, 49152));
  packet.tcp_flags = static_cast<std::uint8_t>(choose(diagram, node, Level::tcp_flags, 2));
  packet.state = static_cast<State>(1U << choose(diagram, node, Level::state, 0));
  return clear_absent_fields(packet);
}

long double packet_count(const Diagram& diagram, const RuleLists& lists, Family family, NodeId root) {
  if (root == empty_node) return 0;
  return Counter(diagram, lists.domain(family), family).addresses(root, first_level(family));
}

}  // namespace cordon::packet
