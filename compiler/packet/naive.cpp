// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/naive.h"

#include <algorithm>

#include "compiler/base/check.h"

namespace cordon::packet {
namespace {

bool holds(const PortRange& range, std::uint16_t port) { return range.first <= port && port <= range.last; }

bool ports_match(const ServiceTerm& term, const Packet& packet) {
  return holds(term.source, packet.source_port) && holds(term.destination, packet.destination_port);
}

bool icmp_matches(const ServiceTerm& term, const Packet& packet) {
  if (term.icmp_type && *term.icmp_type != packet.icmp_type) return false;
  return !term.icmp_code || *term.icmp_code == packet.icmp_code;
}

bool whole_packet_matches(const ServiceTerm& term, const Packet& packet) {
  if (!term.protocol) return true;
  if (*term.protocol != packet.protocol) return false;
  if (has_ports(packet.protocol) && !ports_match(term, packet)) return false;
  if (is_icmp(packet.protocol) && !icmp_matches(term, packet)) return false;
  if (packet.protocol == protocol::tcp && (term.flags >> packet.tcp_flags & 1) == 0) return false;
  return true;
}

bool names_what_later_fragments_lack(const ServiceTerm& term) {
  if (!term.protocol) return false;
  if (has_ports(*term.protocol) && !(term.source.is_all() && term.destination.is_all())) return true;
  if (is_icmp(*term.protocol) && term.icmp_type) return true;
  return term.protocol == protocol::tcp && term.flags != any_tcp_flags;
}

bool later_fragment_matches(const ServiceTerm& term, Action action, const Packet& packet) {
  if (term.protocol && *term.protocol != packet.protocol) return false;
  return action == Action::permit || !names_what_later_fragments_lack(term);
}

bool service_matches(const MatchRule& rule, const Packet& packet) {
  return std::ranges::any_of(*rule.match.services, [&](const ServiceTerm& term) {
    return packet.fragment == Fragment::later ? later_fragment_matches(term, rule.action, packet)
                                              : whole_packet_matches(term, packet);
  });
}

}  // namespace

bool matches(const MatchRule& rule, const Packet& packet) {
  const Match& match = rule.match;
  CORDON_CHECK(match.source != nullptr && match.destination != nullptr && match.services != nullptr);
  return match.family == packet.family && match.source->contains({packet.family, packet.source}) &&
         match.destination->contains({packet.family, packet.destination}) &&
         (match.fragments & static_cast<unsigned>(packet.fragment)) != 0 &&
         (match.states & static_cast<unsigned>(packet.state)) != 0 && service_matches(rule, packet);
}

Action evaluate(std::span<const MatchRule> rules, const Packet& packet, Action otherwise) {
  for (const MatchRule& rule : rules) {
    if (matches(rule, packet)) return rule.action;
  }
  return otherwise;
}

}  // namespace cordon::packet
