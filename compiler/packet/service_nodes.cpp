// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/service_nodes.h"

#include <span>

#include "compiler/base/check.h"

namespace cordon::packet {
namespace {

constexpr std::uint32_t last_port = 65535;

struct Interval {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

// The values in the interval lead to the child, all others of the field to nothing.
NodeId interval_node(Diagram& diagram, Level level, Interval interval, std::uint32_t highest, NodeId child) {
  EdgeList edges;
  if (interval.first > 0) edges.add(interval.first - 1, empty_node);
  edges.add(interval.last == highest ? to_the_end : interval.last, child);
  if (interval.last < highest) edges.add(to_the_end, empty_node);
  return diagram.make(level, edges);
}

// The values whose bit is set lead to the child.
NodeId mask_node(Diagram& diagram, Level level, std::uint64_t mask, unsigned values, NodeId child) {
  EdgeList edges;
  for (unsigned value = 0; value < values; ++value) {
    edges.add(value + 1 == values ? to_the_end : value, (mask >> value & 1) != 0 ? child : empty_node);
  }
  return diagram.make(level, edges);
}

// Destination ports or ICMP types and codes; all values where the term names none.
Interval service_interval(const ServiceTerm& term) {
  if (term.protocol && has_ports(*term.protocol)) return {term.destination.first, term.destination.last};
  if (!term.protocol || !is_icmp(*term.protocol) || !term.icmp_type) return {0, last_port};
  const std::uint32_t type = *term.icmp_type * 256U;
  if (term.icmp_code) return {type + *term.icmp_code, type + *term.icmp_code};
  return {type, type + 255};
}

struct ServiceEdges {
  Interval interval;
  NodeId whole = empty_node;  // where first fragments and whole packets within the interval lead
  NodeId later = empty_node;
};

NodeId make_service(Diagram& diagram, const ServiceEdges& wanted) {
  EdgeList edges;
  if (wanted.interval.first > 0) edges.add(wanted.interval.first - 1, empty_node);
  edges.add(wanted.interval.last, wanted.whole);
  if (wanted.interval.last < last_port) edges.add(last_port, empty_node);
  edges.add(to_the_end, wanted.later);
  return diagram.make(Level::service, edges);
}

NodeId term_node(Diagram& diagram, const MatchRule& rule, const ServiceTerm& term) {
  CORDON_CHECK(!term.icmp_code || term.icmp_type);
  const bool ports = term.protocol && has_ports(*term.protocol);
  const bool tcp = term.protocol == protocol::tcp;
  const NodeId state = mask_node(diagram, Level::state, rule.match.states, 3, full_node);
  NodeId below = state;
  if (tcp) below = mask_node(diagram, Level::tcp_flags, term.flags, 64, below);
  if (ports) {
    const Interval source{term.source.first, term.source.last};
    below = interval_node(diagram, Level::source_port, source, last_port, below);
  }
  const Interval interval = service_interval(term);
  const bool restricted = below != state || interval.first != 0 || interval.last != last_port;

  const auto includes = [&](Fragment fragment) {
    return (rule.match.fragments & static_cast<unsigned>(fragment)) != 0;
  };
  const bool later = includes(Fragment::later) && (rule.action == Action::permit || !restricted);
  const NodeId service = make_service(
      diagram,
      {interval, includes(Fragment::first_or_whole) ? below : empty_node, later ? state : empty_node});
  if (!term.protocol) return service;
  return interval_node(diagram, Level::protocol, {*term.protocol, *term.protocol}, 255, service);
}

NodeId union_node(Diagram& diagram, Algebra& algebra, const MatchRule& rule,
                  std::span<const ServiceTerm> terms) {
  if (terms.empty()) return empty_node;
  if (terms.size() == 1) return term_node(diagram, rule, terms.front());
  const std::size_t half = terms.size() / 2;
  return algebra.apply(Operation::unite, union_node(diagram, algebra, rule, terms.first(half)),
                       union_node(diagram, algebra, rule, terms.subspan(half)));
}

}  // namespace

NodeId service_node(Diagram& diagram, Algebra& algebra, const MatchRule& rule) {
  return union_node(diagram, algebra, rule, *rule.match.services);
}

}  // namespace cordon::packet
