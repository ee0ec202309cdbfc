// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/bdd_lists.h"

namespace cordon::test {
namespace {

using packet::Action;
using packet::Bits;
using packet::Family;
using packet::Fragment;
using packet::MatchRule;
using packet::Packet;
using packet::ServiceTerm;
using packet::State;

// A number of the packet: its bits are variables from `first` on, the highest first.
struct Field {
  int first, width;
};
constexpr Field family{0, 1}, source{1, 128}, destination{129, 128}, protocol{257, 8}, source_port{265, 16},
    destination_port{281, 16}, icmp_type{297, 8}, icmp_code{305, 8}, tcp_flags{313, 6}, later{319, 1},
    state{320, 2};
constexpr int variables = 322;

bdd bit(const Field& field, int place, bool value) {
  return value ? bdd_ithvar(field.first + place) : bdd_nithvar(field.first + place);
}

bool is_set(Bits value, const Field& field, int place) {
  return (value >> (field.width - 1 - place) & 1U) != 0;
}

bdd equals(const Field& field, Bits value) {
  bdd result = bddtrue;
  for (int place = field.width - 1; place >= 0; --place)
    result = bit(field, place, is_set(value, field, place)) & result;
  return result;
}

bdd at_least(const Field& field, Bits value) {
  bdd result = bddtrue;
  for (int place = field.width - 1; place >= 0; --place)
    result =
        is_set(value, field, place) ? bit(field, place, true) & result : bit(field, place, true) | result;
  return result;
}

bdd at_most(const Field& field, Bits value) {
  bdd result = bddtrue;
  for (int place = field.width - 1; place >= 0; --place)
    result =
        is_set(value, field, place) ? bit(field, place, false) | result : bit(field, place, false) & result;
  return result;
}

bdd between(const Field& field, Bits first, Bits last) {
  return at_least(field, first) & at_most(field, last);
}

// Addresses of IPv4 stand in the upper bits, and nothing in the others.
Bits placed(Family of, Bits address) { return of == Family::ipv4 ? address << 96U : address; }

bdd addresses(const Field& field, const packet::AddressSet& set) {
  bdd result = bddfalse;
  for (const packet::AddressRange& range : set.ranges())
    result |= between(field, placed(set.family(), range.first), placed(set.family(), range.last));
  return result;
}

bdd flags(packet::TcpFlagSet set) {
  bdd result = bddfalse;
  for (unsigned combination = 0; combination < 64; ++combination) {
    if ((set >> combination & 1U) != 0) result |= equals(tcp_flags, combination);
  }
  return result;
}

bool says_all(const ServiceTerm& term) {
  return term.source.is_all() && term.destination.is_all() && !term.icmp_type &&
         term.flags == packet::any_tcp_flags;
}

bdd term_of(const ServiceTerm& term, Action action) {
  if (!term.protocol) return bddtrue;
  const bdd named = equals(protocol, *term.protocol);
  bdd whole = equals(later, 0);
  if (packet::has_ports(*term.protocol))
    whole &= between(source_port, term.source.first, term.source.last) &
             between(destination_port, term.destination.first, term.destination.last);
  if (term.icmp_type) whole &= equals(icmp_type, *term.icmp_type);
  if (term.icmp_code) whole &= equals(icmp_code, *term.icmp_code);
  if (*term.protocol == packet::protocol::tcp && term.flags != packet::any_tcp_flags)
    whole &= flags(term.flags);
  const bool follows = action == Action::permit || says_all(term);
  return named & (follows ? whole | equals(later, 1) : whole);
}

bdd fragments(std::uint8_t mask) {
  bdd result = bddfalse;
  if ((mask & static_cast<unsigned>(Fragment::first_or_whole)) != 0) result |= equals(later, 0);
  if ((mask & static_cast<unsigned>(Fragment::later)) != 0) result |= equals(later, 1);
  return result;
}

bdd states(std::uint8_t mask) {
  bdd result = bddfalse;
  for (const State each : {State::fresh, State::established, State::related}) {
    if ((mask & static_cast<unsigned>(each)) != 0) result |= equals(state, static_cast<unsigned>(each) / 2);
  }
  return result;
}

bdd matched(const MatchRule& rule) {
  bdd services = bddfalse;
  for (const ServiceTerm& term : *rule.match.services) services |= term_of(term, rule.action);
  return equals(family, static_cast<unsigned>(rule.match.family)) & addresses(source, *rule.match.source) &
         addresses(destination, *rule.match.destination) & services & fragments(rule.match.fragments) &
         states(rule.match.states);
}

// Fields that a packet does not have are zero.
bdd possible_packets() {
  const bdd tcp = equals(protocol, 6), ported = tcp | equals(protocol, 17) | equals(protocol, 132);
  const bdd icmp = equals(protocol, 1) | equals(protocol, 58), whole = equals(later, 0);
  const bdd narrow = between(source, 0, ~Bits{0} << 96U) & between(destination, 0, ~Bits{0} << 96U);
  bdd low = bddtrue;
  for (const Field& field : {source, destination}) {
    for (int place = 32; place < field.width; ++place) low &= bit(field, place, false);
  }
  return (equals(family, 1) | (narrow & low)) &
         ((ported & whole) | (equals(source_port, 0) & equals(destination_port, 0))) &
         ((icmp & whole) | (equals(icmp_type, 0) & equals(icmp_code, 0))) &
         ((tcp & whole) | equals(tcp_flags, 0)) & !equals(state, 3);
}

struct Part {
  bdd matched, permitted;
};

// Halves first: the diagrams that meet are alike in size.
Part part_of(std::span<const MatchRule> rules) {
  if (rules.empty()) return {bddfalse, bddfalse};
  if (rules.size() == 1) {
    const bdd own = matched(rules.front());
    return {own, rules.front().action == Action::permit ? own : bddfalse};
  }
  const Part first = part_of(rules.first(rules.size() / 2)),
             second = part_of(rules.subspan(rules.size() / 2));
  return {first.matched | second.matched, first.permitted | (second.permitted - first.matched)};
}

}  // namespace

BddSpace::BddSpace(int nodes) {
  bdd_init(nodes, nodes / 4);
  bdd_setvarnum(variables);
  bdd_setmaxincrease(1 << 22);
  bdd_gbc_hook(nullptr);
  possible_ = possible_packets();
}

BddSpace::~BddSpace() {
  possible_ = bdd();
  bdd_done();
}

bdd BddSpace::permitted(std::span<const MatchRule> rules) const {
  return part_of(rules).permitted & possible_;
}

bdd BddSpace::of(const Packet& packet) const {
  return equals(family, static_cast<unsigned>(packet.family)) &
         equals(source, placed(packet.family, packet.source)) &
         equals(destination, placed(packet.family, packet.destination)) & equals(protocol, packet.protocol) &
         equals(source_port, packet.source_port) & equals(destination_port, packet.destination_port) &
         equals(icmp_type, packet.icmp_type) & equals(icmp_code, packet.icmp_code) &
         equals(tcp_flags, packet.tcp_flags) & equals(later, packet.fragment == Fragment::later ? 1 : 0) &
         equals(state, static_cast<unsigned>(packet.state) / 2);
}

}  // namespace cordon::test
