// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Sources and destinations of an access list's line.
#include <bit>

#include <fmt/format.h>

#include "backends/cisco_ios/read_groups.h"
#include "backends/cisco_ios/read_limits.h"

namespace cordon::backends::cisco_ios {
namespace {

using packet::Address;
using packet::AddressRange;
using packet::AddressSet;
using packet::Family;

// Addresses that agree with `value` where the wildcard has zeros: a range for each choice of its ones above
// the lowest run. Nothing when those are too many.
std::optional<AddressSet> matching(std::uint32_t value, std::uint32_t wildcard) {
  const int run = std::countr_one(wildcard);
  const std::uint32_t low = run == 32 ? ~0U : (1U << run) - 1;
  const std::uint32_t high = wildcard & ~low;
  if (std::popcount(high) > largest_wildcard_freedom) return std::nullopt;
  const std::uint32_t fixed = value & ~wildcard;
  std::vector<AddressRange> ranges;
  std::uint32_t choice = 0;
  do {
    ranges.push_back({fixed | choice, fixed | choice | low});
    choice = (choice - high) & high;
  } while (choice != 0);
  return AddressSet(Family::ipv4, std::move(ranges));
}

// After the address.
std::optional<AddressSet> take_wildcard(Cursor& cursor, Address address) {
  const auto wildcard = address_of(cursor.peek(), Family::ipv4);
  if (!wildcard) {
    cursor.refuse("a wildcard mask is not understood");
    return std::nullopt;
  }
  auto set = matching(static_cast<std::uint32_t>(address.bits), static_cast<std::uint32_t>(wildcard->bits));
  if (!set)
    cursor.refuse(fmt::format("a wildcard mask with more than {} scattered ones", largest_wildcard_freedom));
  cursor.take();
  return set;
}

std::optional<AddressSet> take_set(Cursor& cursor, Family family) {
  const bool host = cursor.accept("host");
  if (host || family == Family::ipv4) {
    if (const auto address = address_of(cursor.peek(), family)) {
      cursor.take();
      return host ? AddressSet(*address) : take_wildcard(cursor, *address);
    }
  } else if (const auto prefix = packet::parse_prefix(cursor.peek()); prefix && prefix->family() == family) {
    cursor.take();
    return AddressSet(packet::Prefix{{family, prefix->first()}, prefix->length});
  }
  cursor.refuse("an address is not understood");
  return std::nullopt;
}

}  // namespace

config::AddressSetId Groups::all(Family family) {
  config::AddressSetId& id = all_[static_cast<std::size_t>(family)];
  if (!id.valid()) id = device_.addresses.push_back({AddressSet::all(family), {}});
  return id;
}

config::AddressSetId Groups::intern(std::string_view text, Family family, AddressSet set) {
  const auto [place, added] = texts_[static_cast<std::size_t>(family)].try_emplace(text);
  if (added && spend(set.ranges().size())) place->second = device_.addresses.push_back({std::move(set), {}});
  return place->second;
}

config::AddressSetId Groups::take_group(Cursor& cursor) {
  AddressGroup* group = addresses(std::string(cursor.peek()));
  if (group == nullptr) {
    cursor.refuse("an object group is not defined");
    return {};
  }
  if (group->problem) {
    cursor.refuse(group->problem->reason);
    return {};
  }
  const std::string_view name = cursor.take();
  if (!group->id.valid()) group->id = device_.addresses.push_back({group->addresses, printable_text(name)});
  return group->id;
}

config::AddressSetId Groups::take_addresses(Cursor& cursor, Family family) {
  if (cursor.accept("any")) return all(family);
  if (family == Family::ipv4 && cursor.accept("object-group")) return take_group(cursor);
  const std::string_view first = cursor.peek();
  const bool two_words = family == Family::ipv4 || first == "host";
  const std::string_view second = cursor.peek(1);
  const bool whole = !two_words || !second.empty();
  const auto length = static_cast<std::size_t>(second.data() + second.size() - first.data());
  const std::string_view text = two_words && whole ? std::string_view(first.data(), length) : first;
  auto& known = texts_[static_cast<std::size_t>(family)];
  if (const auto found = known.find(text); whole && found != known.end() && found->second.valid()) {
    cursor.take();
    if (two_words) cursor.take();
    return found->second;
  }
  auto set = take_set(cursor, family);
  if (!set) return {};
  const config::AddressSetId id = intern(text, family, std::move(*set));
  if (!id.valid()) cursor.refuse("the sets of the configuration are too large together", 1);
  return id;
}

config::AddressSetId Groups::take_standard_source(Cursor& cursor) {
  const auto address = address_of(cursor.peek(), Family::ipv4);
  const bool alone = address && !address_of(cursor.peek(1), Family::ipv4);
  if (!alone) return take_addresses(cursor, Family::ipv4);
  const std::string_view text = cursor.take();
  const config::AddressSetId id = intern(text, Family::ipv4, AddressSet(*address));
  if (!id.valid()) cursor.refuse("the sets of the configuration are too large together", 1);
  return id;
}

}  // namespace cordon::backends::cisco_ios
