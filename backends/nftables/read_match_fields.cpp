// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a field of a packet means for a cell, once its numbers are known.

#include <algorithm>

#include "backends/nftables/read_match.h"

namespace cordon::backends::nftables::reading {
namespace {

using packet::AddressRange;
using packet::Family;

constexpr std::size_t v4 = 0;
constexpr std::size_t v6 = 1;

bool holds(const Numbers& numbers, std::uint32_t number) { return numbers.contains({Family::ipv4, number}); }

std::bitset<256> bits_of(const Numbers& numbers) {
  std::bitset<256> bits;
  for (const AddressRange& range : numbers.ranges()) {
    for (packet::Bits bit = range.first; bit <= range.last && bit < 256; ++bit) {
      bits.set(static_cast<std::size_t>(bit));
    }
  }
  return bits;
}

// nft's bits of `ct state`.
struct StateBit {
  std::uint32_t kernel;
  CtState state;
};
constexpr StateBit state_bits[] = {{1, CtState::invalid},
                                   {2, CtState::established},
                                   {4, CtState::related},
                                   {8, CtState::fresh},
                                   {64, CtState::untracked}};

constexpr std::uint32_t ethernet_ipv4 = 0x0800;
constexpr std::uint32_t ethernet_ipv6 = 0x86dd;

std::uint8_t families(const Numbers& numbers, std::uint32_t ipv4, std::uint32_t ipv6) {
  return static_cast<std::uint8_t>((holds(numbers, ipv4) ? 1U : 0U) | (holds(numbers, ipv6) ? 2U : 0U));
}

constexpr std::uint32_t dont_fragment = 0x4000;
constexpr packet::Bits offset_bits = 0x1fff;

std::optional<Cell> only(std::uint8_t families) {
  Cell cell;
  cell.families = families;
  return families == 0 ? std::nullopt : std::optional<Cell>(cell);
}

// The model has six flags; nothing may hang on the other two, which belong to ECN.
std::optional<packet::TcpFlagSet> tcp_flags(const Numbers& numbers) {
  constexpr std::uint32_t modelled = 64;
  packet::TcpFlagSet set = 0;
  for (std::uint32_t flags = 0; flags < modelled; ++flags) {
    const bool found = holds(numbers, flags);
    for (std::uint32_t ecn = modelled; ecn < 256; ecn += modelled) {
      if (holds(numbers, flags | ecn) != found) return std::nullopt;
    }
    if (found) set |= packet::TcpFlagSet{1} << flags;
  }
  return set;
}

std::optional<std::uint8_t> protocol_of(Selector selector) {
  switch (selector) {
    case Selector::tcp_source:
    case Selector::tcp_destination:
    case Selector::tcp_flags:
      return packet::protocol::tcp;
    case Selector::udp_source:
    case Selector::udp_destination:
      return packet::protocol::udp;
    case Selector::sctp_source:
    case Selector::sctp_destination:
      return packet::protocol::sctp;
    case Selector::icmp_type:
    case Selector::icmp_code:
      return packet::protocol::icmp;
    case Selector::icmpv6_type:
    case Selector::icmpv6_code:
      return packet::protocol::icmpv6;
    default:
      return std::nullopt;
  }
}

bool is_source_port(Selector selector) {
  return selector == Selector::tcp_source || selector == Selector::udp_source ||
         selector == Selector::sctp_source || selector == Selector::th_source;
}

}  // namespace

Matcher::MaybeCell Matcher::network(NodeId left, Selector selector, const Numbers& numbers) {
  if (selector == Selector::nf_protocol) return only(families(numbers, 2, 10));
  if (selector == Selector::ether_type) return only(families(numbers, ethernet_ipv4, ethernet_ipv6));
  // A version other than its own is in no packet.
  if (selector == Selector::ip_version) return only(holds(numbers, 4) ? 1 : 0);
  if (selector == Selector::ip6_version) return only(holds(numbers, 6) ? 2 : 0);
  if (selector != Selector::ct_state) return Unexpected{not_modelled(left)};
  Cell cell;
  cell.states = 0;
  for (const StateBit& bit : state_bits) {
    if (holds(numbers, bit.kernel)) cell.states |= static_cast<std::uint8_t>(bit.state);
  }
  return cell.states == 0 ? std::nullopt : std::optional<Cell>(cell);
}

// A whole packet has no offset and perhaps the flag that forbids to fragment it. The flag for more fragments
// tells a first fragment from a whole packet, which the model does not.
Matcher::MaybeCell Matcher::fragment(NodeId left, Selector selector, const Numbers& numbers) {
  const Field& values = field(selector);
  if (kernel_.whole[v4]) {
    const bool plain = holds(numbers, 0);
    if (plain != holds(numbers, dont_fragment)) return Unexpected{not_modelled(left)};
    return only(plain ? 1 : 0);
  }
  const Numbers first = *ValueReader::masked(offset_bits, Numbers(Family::ipv4, {{0, 0}}), values);
  const Numbers later = ValueReader::complement(first, values);
  Cell cell;
  cell.families = 1;
  cell.fragments = 0;
  for (const auto& [part, bit] :
       {std::pair(&first, packet::Fragment::first_or_whole), std::pair(&later, packet::Fragment::later)}) {
    if (packet::is_subset(*part, numbers)) {
      cell.fragments |= static_cast<std::uint8_t>(bit);
    } else if (packet::intersects(*part, numbers)) {
      return Unexpected{not_modelled(left)};
    }
  }
  return std::optional<Cell>(cell);
}

// A packet without the header has no offset to compare, so no comparison holds for it.
Matcher::MaybeCell Matcher::frag_header(NodeId left, Selector selector, const Numbers& numbers) {
  if (selector == Selector::frag_exists) {
    const bool same = holds(numbers, 0) == holds(numbers, 1);
    if (!kernel_.whole[v6] && !same) return Unexpected{not_modelled(left)};
    return only(holds(numbers, 0) ? 2 : 0);
  }
  if (kernel_.whole[v6]) return std::optional<Cell>();
  const Numbers later(Family::ipv4, {{1, offset_bits}});
  if (!(numbers == later)) return Unexpected{not_modelled(left)};
  Cell cell;
  cell.families = 2;
  cell.fragments = static_cast<std::uint8_t>(packet::Fragment::later);
  return std::optional<Cell>(cell);
}

Matcher::MaybeCell Matcher::transport(NodeId left, Selector selector, const Numbers& numbers) {
  Cell cell;
  Transport transport;
  if (selector == Selector::l4_protocol || selector == Selector::ip_protocol) {
    if (selector == Selector::ip_protocol) cell.families = 1;
    transport.protocols = bits_of(numbers);
    if (!transport.protocols.all()) cell.transport = space_.transport(transport);
    return std::optional<Cell>(cell);
  }
  transport.reads = true;
  const auto protocol = protocol_of(selector);
  if (protocol) {
    transport.protocols.reset();
    transport.protocols.set(*protocol);
  }
  transport.reads_raw = !protocol;
  if (selector == Selector::icmp_type || selector == Selector::icmp_code) cell.families = 1;
  if (selector == Selector::icmpv6_type || selector == Selector::icmpv6_code) cell.families = 2;
  if (selector == Selector::tcp_flags) {
    const auto flags = tcp_flags(numbers);
    if (!flags) return Unexpected{fault(left, "the ECN bits are compared with the flags of TCP")};
    transport.flags = *flags;
  } else if (selector == Selector::icmp_type || selector == Selector::icmpv6_type) {
    transport.types = bits_of(numbers);
  } else if (selector == Selector::icmp_code || selector == Selector::icmpv6_code) {
    transport.codes = bits_of(numbers);
  } else {
    (is_source_port(selector) ? transport.source : transport.destination) = numbers;
  }
  cell.transport = space_.transport(transport);
  return std::optional<Cell>(cell);
}

}  // namespace cordon::backends::nftables::reading
