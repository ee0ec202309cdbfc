// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/graph/isolated_zone.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

namespace cordon::graph {
namespace {

using ir::Family;
using packet::AddressRange;
using packet::Bits;

constexpr std::uint32_t none = UINT32_MAX;

// Stretches and the classes they are in while endpoints tell them apart. Stretches of IPv4 come first.
class Refinement {
 public:
  Refinement(const ir::Addresses& addresses, std::span<const Cover> covers) {
    for (const Family family : packet::families) {
      starts_.at(static_cast<std::size_t>(family)) = stretches_.size();
      cut(addresses.of(family), covers);
    }
    starts_.back() = stretches_.size();
    of_.resize(stretches_.size());
    moved_by_.resize(stretches_.size());
    for (const Cover& cover : covers) move(cover);
  }

  [[nodiscard]] std::span<const AddressRange> stretches(Family family) const {
    const auto index = static_cast<std::size_t>(family);
    return std::span(stretches_).subspan(starts_.at(index), starts_.at(index + 1) - starts_.at(index));
  }
  [[nodiscard]] std::uint32_t class_of(Family family, std::size_t stretch) const {
    return of_[starts_.at(static_cast<std::size_t>(family)) + stretch];
  }
  // The class that holds the address; none when the zone does not.
  [[nodiscard]] std::uint32_t class_of(const ir::Address& address) const {
    const std::span<const AddressRange> all = stretches(address.family);
    const auto found = std::ranges::lower_bound(all, address.bits, {}, &AddressRange::last);
    if (found == all.end() || found->first > address.bits) return none;
    return class_of(address.family, static_cast<std::size_t>(found - all.begin()));
  }

  // Those that hold the class, ascending.
  [[nodiscard]] std::vector<ir::EndpointId> endpoints(std::uint32_t of) const {
    std::vector<ir::EndpointId> found;
    for (; of != 0; of = classes_[of].parent) found.push_back(classes_[of].endpoint);
    std::ranges::reverse(found);
    return found;
  }

 private:
  // A class is what is left of its parent's stretches within the endpoint.
  struct Class {
    std::uint32_t parent = none;
    ir::EndpointId endpoint;
    std::uint32_t child = none;  // by the endpoint that split it last
    ir::EndpointId split_by;
  };

  void cut(const packet::AddressSet& addresses, std::span<const Cover> covers) {
    std::vector<Bits> starts;
    const Bits highest = packet::max_bits(addresses.family());
    for (const Cover& cover : covers) {
      if (cover.family != addresses.family()) continue;
      starts.push_back(cover.range.first);
      if (cover.range.last != highest) starts.push_back(cover.range.last + 1);
    }
    std::ranges::sort(starts);
    starts.erase(std::ranges::unique(starts).begin(), starts.end());
    auto start = starts.begin();
    for (AddressRange range : addresses.ranges()) {
      while (start != starts.end() && *start <= range.first) ++start;
      for (; start != starts.end() && *start <= range.last; ++start) {
        stretches_.push_back({range.first, *start - 1});
        range.first = *start;
      }
      stretches_.push_back(range);
    }
  }

  void move(const Cover& cover) {
    const std::span<const AddressRange> all = stretches(cover.family);
    const std::size_t offset = starts_.at(static_cast<std::size_t>(cover.family));
    const auto first = std::ranges::lower_bound(all, cover.range.first, {}, &AddressRange::first);
    for (auto at = first; at != all.end() && at->last <= cover.range.last; ++at) {
      const std::size_t index = offset + static_cast<std::size_t>(at - all.begin());
      if (std::exchange(moved_by_[index], cover.endpoint) != cover.endpoint)
        of_[index] = split(of_[index], cover.endpoint);
    }
  }

  std::uint32_t split(std::uint32_t parent, ir::EndpointId endpoint) {
    if (classes_[parent].split_by != endpoint) {
      classes_[parent].split_by = endpoint;
      classes_[parent].child = static_cast<std::uint32_t>(classes_.size());
      classes_.push_back({.parent = parent, .endpoint = endpoint, .child = none, .split_by = {}});
    }
    return classes_[parent].child;
  }

  std::vector<AddressRange> stretches_;
  std::array<std::size_t, 3> starts_{};
  std::vector<std::uint32_t> of_;
  std::vector<ir::EndpointId> moved_by_;
  std::vector<Class> classes_{Class{}};  // the first: no endpoint
};

// Final classes, numbered by their lowest address.
class Numbering {
 public:
  explicit Numbering(const Refinement& refinement) : refinement_(refinement) {}

  std::uint32_t of_endpoints(std::vector<ir::EndpointId> endpoints) {
    const auto [entry, added] = by_endpoints_.try_emplace(std::move(endpoints), none);
    if (added) {
      entry->second = static_cast<std::uint32_t>(classes_.size());
      classes_.push_back({.endpoints = entry->first, .addresses = {}});
    }
    return entry->second;
  }
  std::uint32_t of_class(std::uint32_t found) {
    const auto [entry, added] = by_class_.try_emplace(found, none);
    if (added) entry->second = of_endpoints(refinement_.endpoints(found));
    return entry->second;
  }
  std::vector<IsolatedZone::Class> take() { return std::move(classes_); }

 private:
  const Refinement& refinement_;
  std::vector<IsolatedZone::Class> classes_;
  std::map<std::vector<ir::EndpointId>, std::uint32_t> by_endpoints_;
  std::map<std::uint32_t, std::uint32_t> by_class_;
};

// Addresses of hosts that leave their class, and the endpoints of the class they join.
using Moved = std::map<ir::Address, std::vector<ir::EndpointId>>;

Moved moved_hosts(const Refinement& refinement, std::span<const ir::Host* const> hosts) {
  Moved moved;
  for (const ir::Host* host : hosts) {
    if (!host->ipv4 || !host->ipv6) continue;
    const std::uint32_t a = refinement.class_of(*host->ipv4), b = refinement.class_of(*host->ipv6);
    if (a == b || a == none || b == none) continue;
    std::vector<ir::EndpointId> both;
    std::ranges::set_union(refinement.endpoints(a), refinement.endpoints(b), std::back_inserter(both));
    moved[*host->ipv4] = both;
    moved[*host->ipv6] = std::move(both);
  }
  return moved;
}

}  // namespace

IsolatedZone::IsolatedZone(const ir::Addresses& addresses, std::span<const Cover> covers,
                           std::span<const ir::Host* const> hosts) {
  const Refinement refinement(addresses, covers);
  const Moved moved = moved_hosts(refinement, hosts);
  Numbering numbering(refinement);
  for (const Family family : packet::families) {
    std::vector<Segment>& segments = segments_.at(static_cast<std::size_t>(family));
    const std::span<const AddressRange> stretches = refinement.stretches(family);
    for (std::size_t i = 0; i < stretches.size(); ++i) {
      const std::uint32_t found = refinement.class_of(family, i);
      Bits next = stretches[i].first;
      bool rest = true;
      for (auto out = moved.lower_bound({.family = family, .bits = next});
           out != moved.end() && out->first.family == family && out->first.bits <= stretches[i].last; ++out) {
        const Bits address = out->first.bits;
        if (address > next) segments.push_back({{next, address - 1}, numbering.of_class(found)});
        segments.push_back({{address, address}, numbering.of_endpoints(out->second)});
        rest = address != stretches[i].last;
        next = address + 1;
      }
      if (rest) segments.push_back({{next, stretches[i].last}, numbering.of_class(found)});
    }
  }
  classes_ = numbering.take();
  for (const Family family : packet::families) {
    std::vector<std::vector<AddressRange>> ranges(classes_.size());
    for (const Segment& segment : this->segments(family)) ranges[segment.of].push_back(segment.range);
    for (std::size_t i = 0; i < classes_.size(); ++i)
      classes_[i].addresses.of(family) = packet::AddressSet(family, std::move(ranges[i]));
  }
}

}  // namespace cordon::graph
