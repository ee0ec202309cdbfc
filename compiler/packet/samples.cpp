// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/samples.h"

#include <algorithm>
#include <cstddef>

namespace cordon::packet {
namespace {

constexpr std::uint8_t sample_flags[] = {0x00, 0x02, 0x04, 0x10, 0x12, 0x14, 0x01, 0x3f};
constexpr Fragment sample_fragments[] = {Fragment::first_or_whole, Fragment::later};
constexpr State sample_states[] = {State::fresh, State::established, State::related};

template <class T>
void around(T first, T last, T highest, std::vector<T>& out) {
  if (first > 0) out.push_back(static_cast<T>(first - 1));
  out.push_back(first);
  out.push_back(last);
  if (last < highest) out.push_back(static_cast<T>(last + 1));
}

void addresses_around(const AddressSet& set, std::vector<Bits>& out) {
  for (const AddressRange& range : set.ranges()) around(range.first, range.last, max_bits(set.family()), out);
}

void icmp_around(const ServiceTerm& term, std::vector<std::uint16_t>& out) {
  const unsigned type = term.icmp_type.value_or(8);
  const unsigned first = type * 256 + term.icmp_code.value_or(0);
  const unsigned last = type * 256 + term.icmp_code.value_or(255);
  around<std::uint16_t>(static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(last), 65535, out);
}

template <class T>
void sort_unique(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

template <class T>
void or_zero(std::vector<T>& values) {
  if (values.empty()) values.push_back(0);
}

Packet packet_inside(const Match& match, const ServiceTerm& term) {
  Packet packet;
  packet.family = match.family;
  packet.source = match.source->ranges().front().first;
  packet.destination = match.destination->ranges().front().first;
  packet.protocol = term.protocol.value_or(protocol::tcp);
  packet.source_port = term.source.first;
  packet.destination_port = term.destination.first;
  packet.icmp_type = term.icmp_type.value_or(0);
  packet.icmp_code = term.icmp_code.value_or(0);
  while (packet.tcp_flags < 63 && (term.flags >> packet.tcp_flags & 1) == 0) ++packet.tcp_flags;
  return packet;
}

}  // namespace

Packet clear_absent_fields(Packet packet) {
  const bool whole = packet.fragment == Fragment::first_or_whole;
  if (!whole || !has_ports(packet.protocol)) packet.source_port = packet.destination_port = 0;
  if (!whole || !is_icmp(packet.protocol)) packet.icmp_type = packet.icmp_code = 0;
  if (!whole || packet.protocol != protocol::tcp) packet.tcp_flags = 0;
  return packet;
}

PacketSampler::PacketSampler(std::span<const MatchRule> rules, std::uint64_t seed)
    : rules_(rules), random_(seed) {
  for (const MatchRule& rule : rules)
    collect(rule.match, values_[static_cast<std::size_t>(rule.match.family)]);
  for (Values& values : values_) {
    sort_unique(values.sources);
    sort_unique(values.destinations);
    sort_unique(values.source_ports);
    sort_unique(values.destination_ports);
    sort_unique(values.icmp);
    or_zero(values.sources);
    or_zero(values.destinations);
    or_zero(values.source_ports);
    or_zero(values.destination_ports);
    or_zero(values.icmp);
    for (const std::uint8_t always : {protocol::icmp, protocol::tcp, protocol::udp, protocol::icmpv6}) {
      values.protocols.push_back(always);
    }
    values.protocols.push_back(253);  // for experiments, RFC 3692: no rule of ours names it
    sort_unique(values.protocols);
  }
}

void PacketSampler::collect(const Match& match, Values& values) {
  addresses_around(*match.source, values.sources);
  addresses_around(*match.destination, values.destinations);
  for (const ServiceTerm& term : *match.services) {
    if (!term.protocol) continue;
    around<std::uint8_t>(*term.protocol, *term.protocol, 255, values.protocols);
    around<std::uint16_t>(term.source.first, term.source.last, 65535, values.source_ports);
    around<std::uint16_t>(term.destination.first, term.destination.last, 65535, values.destination_ports);
    if (is_icmp(*term.protocol)) icmp_around(term, values.icmp);
  }
}

void PacketSampler::vary(const Packet& inside, const Values& values, std::vector<Packet>& out) {
  const auto with = [&](auto change) {
    Packet packet = inside;
    change(packet);
    out.push_back(clear_absent_fields(packet));
  };
  for (const Bits bits : values.sources) with([&](Packet& p) { p.source = bits; });
  for (const Bits bits : values.destinations) with([&](Packet& p) { p.destination = bits; });
  for (const std::uint8_t number : values.protocols) with([&](Packet& p) { p.protocol = number; });
  for (const std::uint16_t port : values.source_ports) with([&](Packet& p) { p.source_port = port; });
  for (const std::uint16_t port : values.destination_ports)
    with([&](Packet& p) { p.destination_port = port; });
  for (const std::uint16_t icmp : values.icmp) {
    with([&](Packet& p) {
      p.icmp_type = static_cast<std::uint8_t>(icmp >> 8);
      p.icmp_code = static_cast<std::uint8_t>(icmp & 0xff);
    });
  }
  for (const std::uint8_t flags : sample_flags) with([&](Packet& p) { p.tcp_flags = flags; });
  for (const Fragment fragment : sample_fragments) with([&](Packet& p) { p.fragment = fragment; });
  for (const State state : sample_states) with([&](Packet& p) { p.state = state; });
}

std::vector<Packet> PacketSampler::boundary() const {
  std::vector<Packet> out;
  for (const MatchRule& rule : rules_) {
    const Match& match = rule.match;
    if (match.source->empty() || match.destination->empty()) continue;
    Values own;
    collect(match, own);
    for (const ServiceTerm& term : *match.services) vary(packet_inside(match, term), own, out);
  }
  sort_unique(out);
  return out;
}

template <class T>
T PacketSampler::pick(const std::vector<T>& values) {
  return values[random_() % values.size()];
}

Packet PacketSampler::next() {
  const Family family = families[random_() % 2];
  const Values& values = values_[static_cast<std::size_t>(family)];
  const std::uint16_t icmp = pick(values.icmp);
  Packet packet;
  packet.family = family;
  packet.source = pick(values.sources);
  packet.destination = pick(values.destinations);
  packet.protocol = pick(values.protocols);
  packet.source_port = pick(values.source_ports);
  packet.destination_port = pick(values.destination_ports);
  packet.icmp_type = static_cast<std::uint8_t>(icmp >> 8);
  packet.icmp_code = static_cast<std::uint8_t>(icmp & 0xff);
  packet.tcp_flags = sample_flags[random_() % std::size(sample_flags)];
  packet.fragment = sample_fragments[random_() % std::size(sample_fragments)];
  packet.state = sample_states[random_() % std::size(sample_states)];
  return clear_absent_fields(packet);
}

}  // namespace cordon::packet
