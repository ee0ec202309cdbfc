// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/read_services.h"

#include <algorithm>

namespace cordon::backends::nftables::reading {
namespace {

using packet::Family;
using packet::ServiceSet;
using packet::ServiceTerm;

constexpr std::size_t most_terms = 1U << 16U;  // of one protocol in one set
constexpr std::size_t most_terms_in_all = 8'000'000;
constexpr std::uint8_t untracked_types[] = {130, 131, 132, 133, 134, 135, 136, 143};

using Terms = ServiceSet;

packet::PortRange ports(const packet::AddressRange& range) {
  return {static_cast<std::uint16_t>(range.first), static_cast<std::uint16_t>(range.last)};
}

// False where there are too many.
bool add_ports(Terms& terms, const Transport& transport, ServiceTerm term) {
  if (transport.source.ranges().size() * transport.destination.ranges().size() > most_terms) return false;
  if (term.protocol == packet::protocol::tcp) term.flags = transport.flags;
  for (const packet::AddressRange& source : transport.source.ranges()) {
    for (const packet::AddressRange& destination : transport.destination.ranges()) {
      term.source = ports(source);
      term.destination = ports(destination);
      terms.push_back(term);
    }
  }
  return true;
}

void add_icmp(Terms& terms, const Transport& transport, ServiceTerm term) {
  if (transport.types.all() && transport.codes.all()) {
    terms.push_back(term);
    return;
  }
  for (std::size_t type = 0; type < transport.types.size(); ++type) {
    if (!transport.types[type]) continue;
    term.icmp_type = static_cast<std::uint8_t>(type);
    term.icmp_code = std::nullopt;
    if (transport.codes.all()) terms.push_back(term);
    for (std::size_t code = 0; code < transport.codes.size() && !transport.codes.all(); ++code) {
      if (!transport.codes[code]) continue;
      term.icmp_code = static_cast<std::uint8_t>(code);
      terms.push_back(term);
    }
  }
}

bool foreign(std::size_t protocol, Family family) {
  return protocol == (family == Family::ipv4 ? packet::protocol::icmpv6 : packet::protocol::icmp);
}

bool asks_nothing(const Transport& transport) { return transport == Transport{}; }

// Empty, or why the terms cannot be said.
std::string add_terms(Terms& terms, const Transport& transport, Family family) {
  if (asks_nothing(transport)) {
    terms.emplace_back();
    return {};
  }
  for (std::size_t protocol = 0; protocol < transport.protocols.size(); ++protocol) {
    if (!transport.protocols[protocol] || foreign(protocol, family)) continue;
    const auto number = static_cast<std::uint8_t>(protocol);
    ServiceTerm term;
    term.protocol = number;
    if (packet::has_ports(number)) {
      if (!add_ports(terms, transport, term)) return "this rule has too many combinations of ports";
      continue;
    }
    if (transport.reads_raw) return "ports are matched for a protocol that may have none";
    if (packet::is_icmp(number)) {
      add_icmp(terms, transport, term);
    } else {
      terms.push_back(term);
    }
  }
  return {};
}

// IPv6 only: what conntrack tracks, or what it does not.
void split(std::vector<Transport>& parts, const Transport& transport, Part part) {
  constexpr auto icmpv6 = packet::protocol::icmpv6;
  std::bitset<256> types;
  for (const std::uint8_t type : untracked_types) types.set(type);
  Transport reports = transport;
  reports.types &= part == Part::untracked ? types : ~types;
  reports.protocols.reset();
  reports.protocols[icmpv6] = transport.protocols[icmpv6];
  Transport others = transport;
  others.protocols.reset(icmpv6);
  if (part == Part::tracked && others.protocols.any()) parts.push_back(others);
  if (reports.protocols.any() && reports.types.any()) parts.push_back(reports);
}

}  // namespace

const Services& ServiceWriter::services(TransportId transport, Family family, Part part) {
  const auto [found, made] = made_.try_emplace(Key{transport, family, part});
  if (made) found->second = make(transport, family, part);
  return found->second;
}

Services ServiceWriter::make(TransportId transport, Family family, Part part) {
  const Transport whole = transport.valid() ? space_[transport] : Transport{};
  std::vector<Transport> parts;
  if (part == Part::all) {
    parts.push_back(whole);
  } else {
    split(parts, whole, part);
  }
  Terms terms;
  for (const Transport& one : parts) {
    std::string fault = add_terms(terms, one, family);
    if (!fault.empty()) return {{}, std::move(fault)};
  }
  terms_ += terms.size();
  if (terms_ > most_terms_in_all) return {{}, "the ports of all rules are too many combinations"};
  if (terms.empty()) return {};
  std::ranges::sort(terms);
  const auto [found, made] = ids_.try_emplace(terms);
  if (made) found->second = device_.services.push_back({std::move(terms), {}});
  return {found->second, {}};
}

}  // namespace cordon::backends::nftables::reading
