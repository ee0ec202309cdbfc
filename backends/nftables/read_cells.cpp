// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/read_cells.h"

#include <algorithm>

#include <boost/container_hash/hash.hpp>

namespace cordon::backends::nftables::reading {
namespace {

constexpr std::size_t most_ranges = 8'000'000;

}  // namespace

CellSpace::CellSpace(config::Device& device) : device_(device) {
  for (const packet::Family family : packet::families) {
    any_[family == packet::Family::ipv4 ? 0 : 1] = addresses(Numbers::all(family), "any");
  }
  transport({});
}

void CellSpace::keep(std::size_t ranges) {
  ranges_ += ranges;
  exhausted_ = exhausted_ || ranges_ > most_ranges;
}

std::size_t CellSpace::AddressHash::operator()(const Numbers& set) const {
  std::size_t seed = set.family() == packet::Family::ipv4 ? 4 : 6;
  for (const packet::AddressRange& range : set.ranges()) {
    for (const packet::Bits bits : {range.first, range.last}) {
      boost::hash_combine(seed, static_cast<std::uint64_t>(bits));
      boost::hash_combine(seed, static_cast<std::uint64_t>(bits >> 64U));
    }
  }
  return seed;
}

std::size_t CellSpace::TransportHash::operator()(const Transport& transport) const {
  std::size_t seed = AddressHash{}(transport.source);
  boost::hash_combine(seed, AddressHash{}(transport.destination));
  for (const auto& numbers : {transport.protocols, transport.types, transport.codes}) {
    boost::hash_combine(seed, std::hash<std::bitset<256>>{}(numbers));
  }
  boost::hash_combine(seed, transport.flags);
  return seed;
}

config::AddressSetId CellSpace::addresses(const Numbers& set, std::string_view label) {
  if (exhausted_) return any(set.family());
  const auto [found, made] = address_ids_.try_emplace(set);
  if (made) keep(set.ranges().size());
  if (made) found->second = device_.addresses.push_back({set, std::string(label)});
  return found->second;
}

TransportId CellSpace::transport(const Transport& transport) {
  if (exhausted_) return TransportId{0};
  const auto [found, made] = transport_ids_.try_emplace(transport);
  if (made) keep(transport.source.ranges().size() + transport.destination.ranges().size());
  if (made) found->second = transports_.push_back(transport);
  return found->second;
}

InterfaceTestId CellSpace::interface_test(InterfaceTest test) {
  std::ranges::sort(test);
  const auto rest = std::ranges::unique(test);
  test.erase(rest.begin(), rest.end());
  const auto [found, made] = test_ids_.try_emplace(test);
  if (made) found->second = tests_.push_back(std::move(test));
  return found->second;
}

bool CellSpace::narrow(config::AddressSetId& a, config::AddressSetId b) {
  if (!b.valid() || a == b) return true;
  if (!a.valid()) {
    a = b;
    return true;
  }
  const auto [found, made] = address_pairs_.try_emplace(pair_of(a, b));
  if (made) {
    const Numbers set = packet::intersect(device_.addresses[a].addresses, device_.addresses[b].addresses);
    if (!set.empty()) found->second = addresses(set, device_.addresses[a].label);
  }
  a = found->second;
  return a.valid();
}

bool CellSpace::narrow(TransportId& a, TransportId b) {
  if (!b.valid() || a == b) return true;
  if (!a.valid()) {
    a = b;
    return true;
  }
  const auto [found, made] = transport_pairs_.try_emplace(pair_of(a, b));
  if (made) {
    Transport both = transports_[a];
    const Transport& other = transports_[b];
    both.protocols &= other.protocols;
    both.source = packet::intersect(both.source, other.source);
    both.destination = packet::intersect(both.destination, other.destination);
    both.types &= other.types;
    both.codes &= other.codes;
    both.flags &= other.flags;
    both.reads = both.reads || other.reads;
    both.reads_raw = both.reads_raw || other.reads_raw;
    const bool nothing = both.protocols.none() || both.source.empty() || both.destination.empty() ||
                         both.types.none() || both.codes.none() || both.flags == 0;
    if (!nothing) found->second = transport(both);
  }
  a = found->second;
  return a.valid();
}

void CellSpace::narrow(InterfaceTestId& a, InterfaceTestId b) {
  if (!b.valid() || a == b) return;
  if (!a.valid()) {
    a = b;
    return;
  }
  const auto [found, made] = test_pairs_.try_emplace(pair_of(a, b));
  if (made) {
    InterfaceTest both = tests_[a];
    both.insert(both.end(), tests_[b].begin(), tests_[b].end());
    found->second = interface_test(std::move(both));
  }
  a = found->second;
}

std::optional<Cell> CellSpace::both(const Cell& a, const Cell& b) {
  Cell cell = a;
  cell.families &= b.families;
  cell.states &= b.states;
  cell.fragments &= b.fragments;
  if (cell.families == 0 || cell.states == 0 || cell.fragments == 0) return std::nullopt;
  if (!narrow(cell.source, b.source) || !narrow(cell.destination, b.destination)) return std::nullopt;
  if (!narrow(cell.transport, b.transport)) return std::nullopt;
  narrow(cell.in, b.in);
  narrow(cell.out, b.out);
  return cell;
}

}  // namespace cordon::backends::nftables::reading
