// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/part_index.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <tuple>
#include <utility>

namespace cordon::check {
namespace {

using packet::Family;
using packet::PortRange;
using packet::ServiceSet;
using packet::ServiceTerm;

// Protocol above destination port, or above ICMP type and code: what a service is found by.
RangeIndex::Entry service_range(const ServiceTerm& term, std::uint32_t owner) {
  constexpr unsigned bits = 16;
  constexpr unsigned low = 0xffff;
  if (!term.protocol) return {0, 255U << bits | low, owner};
  const unsigned base = static_cast<unsigned>(*term.protocol) << bits;
  if (packet::has_ports(*term.protocol))
    return {base | term.destination.first, base | term.destination.last, owner};
  if (!term.icmp_type) return {base, base | low, owner};
  const unsigned type = base | static_cast<unsigned>(*term.icmp_type) << 8U;
  return {type | term.icmp_code.value_or(0), type | term.icmp_code.value_or(255), owner};
}

bool meet(const PortRange& a, const PortRange& b) { return a.first <= b.last && b.first <= a.last; }
bool within(const PortRange& inner, const PortRange& outer) {
  return outer.first <= inner.first && inner.last <= outer.last;
}

template <class T>
bool agree(const std::optional<T>& a, const std::optional<T>& b) {
  return !a || !b || *a == *b;
}

bool meet(const ServiceTerm& a, const ServiceTerm& b) {
  if (!a.protocol || !b.protocol) return true;
  return a.protocol == b.protocol && meet(a.source, b.source) && meet(a.destination, b.destination) &&
         agree(a.icmp_type, b.icmp_type) && agree(a.icmp_code, b.icmp_code) && (a.flags & b.flags) != 0;
}

PortRange shared(const PortRange& a, const PortRange& b) {
  return {std::max(a.first, b.first), std::min(a.last, b.last)};
}

// Of two terms that meet.
ServiceTerm shared(const ServiceTerm& a, const ServiceTerm& b) {
  if (!a.protocol) return b;
  if (!b.protocol) return a;
  ServiceTerm term = a;
  term.source = shared(a.source, b.source);
  term.destination = shared(a.destination, b.destination);
  if (!term.icmp_type) term.icmp_type = b.icmp_type;
  if (!term.icmp_code) term.icmp_code = b.icmp_code;
  term.flags = a.flags & b.flags;
  return term;
}

bool holds(const ServiceTerm& wide, const ServiceTerm& narrow) {
  if (!wide.protocol) return true;
  if (wide.protocol != narrow.protocol) return false;
  if (!within(narrow.source, wide.source) || !within(narrow.destination, wide.destination)) return false;
  if (wide.icmp_type && wide.icmp_type != narrow.icmp_type) return false;
  if (wide.icmp_code && wide.icmp_code != narrow.icmp_code) return false;
  return (narrow.flags & ~wide.flags) == 0;
}

bool occurs(const ServiceTerm& term, Family family) {
  return term.protocol != (family == Family::ipv4 ? packet::protocol::icmpv6 : packet::protocol::icmp);
}

bool services_meet(const ServiceSet& a, const ServiceSet& b, Family family) {
  return std::ranges::any_of(a, [&](const ServiceTerm& term) {
    return occurs(term, family) && std::ranges::any_of(b, [&](const ServiceTerm& other) {
             return occurs(other, family) && meet(term, other);
           });
  });
}

}  // namespace

RangeIndex::RangeIndex(std::vector<Entry> entries) : entries_(std::move(entries)), highest_(entries_.size()) {
  std::ranges::sort(entries_, [](const Entry& a, const Entry& b) {
    return std::tie(a.first, a.last, a.owner) < std::tie(b.first, b.last, b.owner);
  });
  for (const Entry& entry : entries_) lasts_.push_back(entry.last);
  std::ranges::sort(lasts_);
  if (!entries_.empty()) build(0, entries_.size());
}

RangeIndex::Number RangeIndex::build(std::size_t begin, std::size_t end) {
  const std::size_t middle = begin + (end - begin) / 2;
  Number highest = entries_[middle].last;
  if (begin < middle) highest = std::max(highest, build(begin, middle));
  if (middle + 1 < end) highest = std::max(highest, build(middle + 1, end));
  return highest_[middle] = highest;
}

std::size_t RangeIndex::count(Number first, Number last) const {
  const auto before = std::ranges::lower_bound(lasts_, first) - lasts_.begin();
  const auto behind = entries_.end() - std::ranges::upper_bound(entries_, last, {}, &Entry::first);
  return entries_.size() - static_cast<std::size_t>(before) - static_cast<std::size_t>(behind);
}

void RangeIndex::collect(std::size_t begin, std::size_t end, const Entry& asked,
                         std::vector<std::uint32_t>& owners) const {
  if (begin == end) return;
  const std::size_t middle = begin + (end - begin) / 2;
  if (highest_[middle] < asked.first) return;
  collect(begin, middle, asked, owners);
  const Entry& entry = entries_[middle];
  if (entry.first > asked.last) return;
  if (entry.last >= asked.first) owners.push_back(entry.owner);
  collect(middle + 1, end, asked, owners);
}

void RangeIndex::add_owners(Number first, Number last, std::vector<std::uint32_t>& owners) const {
  collect(0, entries_.size(), {first, last, 0}, owners);
}

std::vector<RangeIndex::Entry> PartIndex::entries_of(const TrafficPart& part, Family family, Side side,
                                                     std::uint32_t owner) {
  std::vector<RangeIndex::Entry> entries;
  if (part.from.of(family).empty()) return entries;
  if (side == services) {
    for (const ServiceTerm& term : part.services) {
      if (occurs(term, family)) entries.push_back(service_range(term, owner));
    }
    return entries;
  }
  const packet::AddressSet& addresses = side == from ? part.from.of(family) : part.to.of(family);
  for (const packet::AddressRange& range : addresses.ranges())
    entries.push_back({range.first, range.last, owner});
  return entries;
}

PartIndex::PartIndex(std::span<const TrafficPart> parts, const std::vector<bool>& taken) {
  for (const Family family : packet::families) {
    for (const Side side : {from, to, services}) {
      std::vector<RangeIndex::Entry> all;
      for (std::uint32_t place = 0; place < parts.size(); ++place) {
        if (!taken[place]) continue;
        const auto entries = entries_of(parts[place], family, side, place);
        all.insert(all.end(), entries.begin(), entries.end());
      }
      families_[static_cast<std::size_t>(family)][side] = RangeIndex(std::move(all));
    }
  }
}

std::vector<std::uint32_t> PartIndex::near(const TrafficPart& part) const {
  std::vector<std::uint32_t> found;
  for (const Family family : packet::families) {
    const Sides& sides = families_[static_cast<std::size_t>(family)];
    std::size_t fewest = std::numeric_limits<std::size_t>::max();
    Side best = from;
    for (const Side side : {from, to, services}) {
      std::size_t count = 0;
      for (const auto& entry : entries_of(part, family, side, 0))
        count += sides[side].count(entry.first, entry.last);
      if (count < fewest) {
        fewest = count;
        best = side;
      }
    }
    for (const auto& entry : entries_of(part, family, best, 0))
      sides[best].add_owners(entry.first, entry.last, found);
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

TrafficPart trimmed(TrafficPart part) {
  for (const Family family : packet::families) {
    const bool empty = part.from.of(family).empty() || part.to.of(family).empty() ||
                       in_family(part.services, family).empty();
    if (empty) part.from.of(family) = part.to.of(family) = packet::AddressSet(family);
  }
  return part;
}

bool meet(const TrafficPart& a, const TrafficPart& b) {
  return std::ranges::any_of(packet::families, [&](Family family) {
    return intersects(a.from.of(family), b.from.of(family)) && intersects(a.to.of(family), b.to.of(family)) &&
           services_meet(a.services, b.services, family);
  });
}

TrafficPart shared_traffic(const TrafficPart& a, const TrafficPart& b) {
  TrafficPart part;
  for (const Family family : packet::families) {
    part.from.of(family) = intersect(a.from.of(family), b.from.of(family));
    part.to.of(family) = intersect(a.to.of(family), b.to.of(family));
  }
  for (const ServiceTerm& term : a.services) {
    for (const ServiceTerm& other : b.services) {
      if (meet(term, other)) part.services.push_back(shared(term, other));
    }
  }
  part.services = normalize(std::move(part.services));
  return part;
}

bool plainly_holds(const TrafficPart& outer, const TrafficPart& inner) {
  for (const Family family : packet::families) {
    if (!is_subset(inner.from.of(family), outer.from.of(family))) return false;
    if (!is_subset(inner.to.of(family), outer.to.of(family))) return false;
  }
  return std::ranges::all_of(inner.services, [&](const ServiceTerm& term) {
    return std::ranges::any_of(outer.services, [&](const ServiceTerm& other) { return holds(other, term); });
  });
}

}  // namespace cordon::check
