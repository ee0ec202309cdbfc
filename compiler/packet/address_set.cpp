// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Sets of addresses as sorted, disjoint, not adjacent ranges.

#include <algorithm>
#include <bit>
#include <cstddef>
#include <initializer_list>
#include <utility>

#include "compiler/base/check.h"
#include "compiler/packet/address.h"

namespace cordon::packet {
namespace {

using Ranges = std::vector<AddressRange>;

// The next range at or after everything in `out`: joined when it overlaps or adjoins the last.
// `last + 1` is not computed for the highest address, where it would wrap to zero.
void append(Ranges& out, AddressRange range) {
  if (!out.empty() && (range.first <= out.back().last || range.first - 1 == out.back().last)) {
    out.back().last = std::max(out.back().last, range.last);
    return;
  }
  out.push_back(range);
}

// Sorted, disjoint and not adjacent: most lists come so.
bool is_normal(const Ranges& ranges) {
  return std::ranges::adjacent_find(ranges, [](const AddressRange& a, const AddressRange& b) {
           return b.first <= a.last || b.first - 1 == a.last;
         }) == ranges.end();
}

Ranges normalize(Ranges ranges) {
  if (is_normal(ranges)) return ranges;
  std::sort(ranges.begin(), ranges.end());
  Ranges out;
  out.reserve(ranges.size());
  for (const AddressRange& range : ranges) append(out, range);
  return out;
}

// The largest aligned block that starts at `first` and ends by `last`.
int host_bits_of_block(Family family, Bits first, Bits last) {
  int host_bits = 0;
  while (host_bits < width(family)) {
    const Bits wider = host_bits + 1 == 128 ? ~Bits{0} : (Bits{1} << (host_bits + 1)) - 1;
    if ((first & wider) != 0 || last - first < wider) break;
    ++host_bits;
  }
  return host_bits;
}

AddressSet make_not_unicast(std::initializer_list<std::string_view> texts) {
  Ranges ranges;
  Family family = Family::ipv4;
  for (const std::string_view text : texts) {
    const auto prefix = parse_prefix(text);
    CORDON_CHECK(prefix.has_value());
    family = prefix->family();
    ranges.push_back({prefix->first(), prefix->last()});
  }
  return {family, std::move(ranges)};
}

Ranges::const_iterator first_to_reach(const Ranges& ranges, Bits first) {
  return std::ranges::lower_bound(ranges, first, {}, &AddressRange::last);
}

// Where searching the many for each of the few costs less than walking along both.
bool is_few_for(const AddressSet& few, const AddressSet& many) {
  return few.ranges().size() * std::bit_width(many.ranges().size()) < many.ranges().size();
}

AddressSet part_within(const AddressSet& few, const AddressSet& many) {
  Ranges out;
  for (const AddressRange& range : few.ranges()) {
    for (auto next = first_to_reach(many.ranges(), range.first);
         next != many.ranges().end() && next->first <= range.last; ++next) {
      out.push_back({std::max(next->first, range.first), std::min(next->last, range.last)});
    }
  }
  return {few.family(), std::move(out)};
}

}  // namespace

AddressSet::AddressSet(Family family, std::vector<AddressRange> ranges)
    : family_(family), ranges_(normalize(std::move(ranges))) {
  CORDON_CHECK(ranges_.empty() || ranges_.back().last <= max_bits(family));
}
AddressSet::AddressSet(const Prefix& prefix)
    : family_(prefix.family()), ranges_{{prefix.first(), prefix.last()}} {}
AddressSet::AddressSet(Address address) : family_(address.family), ranges_{{address.bits, address.bits}} {}

AddressSet AddressSet::all(Family family) { return {family, {{0, max_bits(family)}}}; }

bool AddressSet::is_all() const {
  return ranges_.size() == 1 && ranges_[0].first == 0 && ranges_[0].last == max_bits(family_);
}

bool AddressSet::contains(Address address) const {
  if (address.family != family_) return false;
  const auto after =
      std::upper_bound(ranges_.begin(), ranges_.end(), address.bits,
                       [](Bits bits, const AddressRange& range) { return bits < range.first; });
  return after != ranges_.begin() && address.bits <= std::prev(after)->last;
}

std::vector<Prefix> AddressSet::prefixes() const {
  std::vector<Prefix> out;
  for (const AddressRange& range : ranges_) {
    Bits first = range.first;
    while (true) {
      const int host_bits = host_bits_of_block(family_, first, range.last);
      const Prefix prefix{{family_, first}, static_cast<std::uint8_t>(width(family_) - host_bits)};
      out.push_back(prefix);
      if (prefix.last() == range.last) break;
      first = prefix.last() + 1;
    }
  }
  return out;
}

AddressSet unite(const AddressSet& a, const AddressSet& b) {
  CORDON_CHECK(a.family() == b.family());
  Ranges sorted;
  sorted.reserve(a.ranges().size() + b.ranges().size());
  std::merge(a.ranges().begin(), a.ranges().end(), b.ranges().begin(), b.ranges().end(),
             std::back_inserter(sorted));
  return {a.family(), std::move(sorted)};
}

AddressSet intersect(const AddressSet& a, const AddressSet& b) {
  CORDON_CHECK(a.family() == b.family());
  if (is_few_for(a, b)) return part_within(a, b);
  if (is_few_for(b, a)) return part_within(b, a);
  Ranges out;
  auto left = a.ranges().begin();
  auto right = b.ranges().begin();
  while (left != a.ranges().end() && right != b.ranges().end()) {
    const Bits first = std::max(left->first, right->first);
    const Bits last = std::min(left->last, right->last);
    if (first <= last) out.push_back({first, last});
    if (left->last < right->last) {
      ++left;
    } else {
      ++right;
    }
  }
  return {a.family(), std::move(out)};
}

AddressSet subtract(const AddressSet& a, const AddressSet& b) {
  CORDON_CHECK(a.family() == b.family());
  if (a.empty()) return a;
  Ranges out;
  auto hole = first_to_reach(b.ranges(), a.ranges().front().first);
  for (AddressRange rest : a.ranges()) {
    while (hole != b.ranges().end() && hole->last < rest.first) ++hole;
    bool left_over = true;
    // A hole that reaches beyond this range stays: it may cut the next one as well.
    for (auto cut = hole; cut != b.ranges().end() && cut->first <= rest.last; ++cut) {
      hole = cut;
      if (rest.first < cut->first) out.push_back({rest.first, cut->first - 1});
      left_over = cut->last < rest.last;
      if (!left_over) break;
      rest.first = cut->last + 1;
    }
    if (left_over) out.push_back(rest);
  }
  return {a.family(), std::move(out)};
}

bool is_subset(const AddressSet& inner, const AddressSet& outer) { return subtract(inner, outer).empty(); }
bool intersects(const AddressSet& a, const AddressSet& b) { return !intersect(a, b).empty(); }

const AddressSet& not_unicast(Family family) {
  static const AddressSet v4 =
      make_not_unicast({"0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "255.255.255.255/32"});
  static const AddressSet v6 = make_not_unicast({"::/128", "::1/128", "fe80::/10", "ff00::/8"});
  return family == Family::ipv4 ? v4 : v6;
}

}  // namespace cordon::packet
