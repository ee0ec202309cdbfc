// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The way back from a node to services.

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

#include "compiler/packet/cover.h"

namespace cordon::packet {
namespace {

constexpr std::uint32_t last_port = 65535;
constexpr auto whole_only = static_cast<std::uint8_t>(Fragment::first_or_whole);
constexpr auto later_only = static_cast<std::uint8_t>(Fragment::later);

using ByStates = std::map<std::uint8_t, ServiceSet>;
using Groups = std::map<std::pair<std::uint8_t, std::uint8_t>, ServiceSet>;  // by fragments and states

std::uint8_t states_of(const Diagram& diagram, NodeId node) {
  std::uint8_t states = 0;
  for (unsigned state = 0; state < 3; ++state) {
    if (diagram.follow(node, Level::state, state) == full_node)
      states |= static_cast<std::uint8_t>(1U << state);
  }
  return states;
}

template <class See>
void for_each_interval(const Diagram& diagram, NodeId node, Level level, std::uint32_t highest, See see) {
  if (diagram.level(node) != level) {
    see(std::uint32_t{0}, highest, node);
    return;
  }
  std::uint32_t first = 0;
  for (const Edge& edge : diagram.edges(node)) {
    if (edge.child != empty_node) see(first, std::min(edge.last, highest), edge.child);
    if (edge.last >= highest) return;
    first = edge.last + 1;
  }
}

PortRange port_range(std::uint32_t first, std::uint32_t last) {
  return {static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(last)};
}

void add_flags(const Diagram& diagram, NodeId node, ServiceTerm term, ByStates& out) {
  if (term.protocol != protocol::tcp) {
    out[states_of(diagram, node)].push_back(term);
    return;
  }
  std::map<std::uint8_t, TcpFlagSet> by_states;
  for (unsigned flags = 0; flags < 64; ++flags) {
    by_states[states_of(diagram, diagram.follow(node, Level::tcp_flags, flags))] |= TcpFlagSet{1} << flags;
  }
  for (const auto& [states, flags] : by_states) {
    term.flags = flags;
    out[states].push_back(term);
  }
}

ByStates whole_port_packets(const Diagram& diagram, NodeId node, ServiceTerm term) {
  ByStates out;
  for_each_interval(diagram, node, Level::service, last_port, [&](auto first, auto last, NodeId below) {
    term.destination = port_range(first, last);
    for_each_interval(diagram, below, Level::source_port, last_port, [&](auto low, auto high, NodeId flags) {
      term.source = port_range(low, high);
      add_flags(diagram, flags, term, out);
    });
  });
  return out;
}

// The values first..last of type * 256 + code, as whole types where possible.
void add_icmp_types(std::uint32_t first, std::uint32_t last, ServiceTerm term, ServiceSet& out) {
  if (first == 0 && last == last_port) {
    out.push_back(term);
    return;
  }
  for (std::uint32_t value = first; value <= last;) {
    const std::uint32_t type_end = value | 255;
    term.icmp_type = static_cast<std::uint8_t>(value >> 8);
    term.icmp_code = std::nullopt;
    const bool whole_type = (value & 255) == 0 && type_end <= last;
    if (!whole_type) term.icmp_code = static_cast<std::uint8_t>(value & 255);
    out.push_back(term);
    value = whole_type ? type_end + 1 : value + 1;
  }
}

ByStates whole_packets(const Diagram& diagram, NodeId node, const ServiceTerm& term) {
  if (term.protocol && has_ports(*term.protocol)) return whole_port_packets(diagram, node, term);
  ByStates out;
  if (!term.protocol || !is_icmp(*term.protocol)) {
    out[states_of(diagram, diagram.follow(node, Level::service, 0))].push_back(term);
    return out;
  }
  for_each_interval(diagram, node, Level::service, last_port, [&](auto first, auto last, NodeId below) {
    add_icmp_types(first, last, term, out[states_of(diagram, below)]);
  });
  return out;
}

// Later fragments join the services whose states they share: a permit with ports admits them.
void add_protocol(const Diagram& diagram, NodeId node, const ServiceTerm& term, Groups& groups) {
  if (node == empty_node) return;
  const std::uint8_t later = states_of(diagram, diagram.follow(node, Level::service, later_fragment));
  bool joined = later == 0;
  for (const auto& [states, terms] : whole_packets(diagram, node, term)) {
    if (states == 0) continue;
    const bool joins = states == later;
    joined = joined || joins;
    ServiceSet& group = groups[{joins ? any_fragment : whole_only, states}];
    group.insert(group.end(), terms.begin(), terms.end());
  }
  if (!joined) groups[{later_only, later}].push_back(term);
}

}  // namespace

std::vector<ServiceGroup> service_groups(const Diagram& diagram, NodeId node) {
  Groups groups;
  ServiceTerm term;
  if (diagram.level(node) != Level::protocol) {
    add_protocol(diagram, node, term, groups);
  } else {
    for (std::uint32_t number = 0; number < 256; ++number) {
      term.protocol = static_cast<std::uint8_t>(number);
      add_protocol(diagram, diagram.follow(node, Level::protocol, number), term, groups);
    }
  }
  std::vector<ServiceGroup> out;
  for (auto& [key, terms] : groups) out.push_back({key.first, key.second, normalize(std::move(terms))});
  return out;
}

}  // namespace cordon::packet
