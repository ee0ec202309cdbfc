// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <random>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/packet/address.h"

using namespace cordon::packet;

namespace {

AddressSet set_of(std::initializer_list<std::string_view> prefixes) {
  AddressSet all(parse_prefix(*prefixes.begin())->family());
  for (const std::string_view text : prefixes) all = unite(all, AddressSet(*parse_prefix(text)));
  return all;
}

// Sets over the lowest and the highest 16 addresses of a family, and the same as a bit mask: the
// second road. Between the two stretches nothing is ever set.
Bits place(Family family, unsigned index) {
  return index < 16 ? Bits{index} : max_bits(family) - (31 - index);
}

AddressSet from_mask(Family family, std::uint32_t mask) {
  std::vector<AddressRange> ranges;
  for (unsigned i = 0; i < 32; ++i) {
    if ((mask >> i & 1) != 0) ranges.push_back({place(family, i), place(family, i)});
  }
  return {family, ranges};
}

std::uint32_t to_mask(const AddressSet& set) {
  std::uint32_t mask = 0;
  for (unsigned i = 0; i < 32; ++i) {
    if (set.contains({set.family(), place(set.family(), i)})) mask |= 1U << i;
  }
  return mask;
}

bool is_canonical(const AddressSet& set) {
  for (std::size_t i = 0; i < set.ranges().size(); ++i) {
    const AddressRange& range = set.ranges()[i];
    if (range.last < range.first) return false;
    if (i > 0 && range.first <= set.ranges()[i - 1].last + 1) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("ranges are sorted and joined") {
  const AddressSet set(Family::ipv4, {{20, 30}, {5, 9}, {10, 12}, {25, 40}});
  REQUIRE(set.ranges().size() == 2);
  CHECK((set.ranges()[0] == AddressRange{5, 12}));
  CHECK((set.ranges()[1] == AddressRange{20, 40}));
}

TEST_CASE("the whole family is one range") {
  for (const Family family : families) {
    const AddressSet all = AddressSet::all(family);
    CHECK(all.is_all());
    CHECK(subtract(all, all).empty());
    CHECK((unite(all, AddressSet(Address{family, 7})) == all));
    CHECK(all.prefixes().size() == 1);
  }
}

TEST_CASE("operations agree with bit masks at both ends of the number line") {
  std::mt19937 random(3);  // NOLINT: seeded on purpose
  for (int i = 0; i < 4'000; ++i) {
    const Family family = families[i % 2];
    const auto a = static_cast<std::uint32_t>(random() & random());
    const auto b = static_cast<std::uint32_t>(random() | random());
    const AddressSet left = from_mask(family, a);
    const AddressSet right = from_mask(family, b);
    REQUIRE(is_canonical(left));
    REQUIRE(to_mask(left) == a);
    for (const auto& [set, mask] : {std::pair(unite(left, right), a | b),
                                    {intersect(left, right), a & b},
                                    {subtract(left, right), a & ~b},
                                    {subtract(right, left), b & ~a}}) {
      REQUIRE(is_canonical(set));
      REQUIRE((set == from_mask(family, mask)));
    }
    REQUIRE(is_subset(left, right) == ((a & ~b) == 0));
    REQUIRE(intersects(left, right) == ((a & b) != 0));
  }
}

TEST_CASE("prefixes cover a range exactly and with as few as possible") {
  const AddressSet range(Family::ipv4, {{1, 14}});
  CHECK(range.prefixes().size() == 6);

  std::mt19937 random(4);  // NOLINT: seeded on purpose
  for (int i = 0; i < 2'000; ++i) {
    const Family family = families[i % 2];
    const AddressSet set = from_mask(family, static_cast<std::uint32_t>(random() | random()));
    AddressSet covered(family);
    for (const Prefix& prefix : set.prefixes()) {
      REQUIRE_FALSE(prefix.has_host_bits());
      REQUIRE_FALSE(intersects(covered, AddressSet(prefix)));
      covered = unite(covered, AddressSet(prefix));
    }
    REQUIRE((covered == set));
  }
}

TEST_CASE("the worst range of IPv6 takes 254 prefixes") {
  const AddressSet worst(Family::ipv6, {{1, max_bits(Family::ipv6) - 1}});
  CHECK(worst.prefixes().size() == 254);
}

TEST_CASE("unicast leaves out what is never routed") {
  const auto unicast = [](std::string_view text) {
    const Address address = *parse_address(text);
    return !not_unicast(address.family).contains(address);
  };
  for (const std::string_view text :
       {"10.0.0.1", "1.0.0.0", "126.255.255.255", "128.0.0.0", "169.253.255.255", "223.255.255.255", "::2",
        "2001:db8::1", "fd00::1", "fec0::1"}) {
    CAPTURE(text);
    CHECK(unicast(text));
  }
  for (const std::string_view text :
       {"0.0.0.0", "0.255.255.255", "127.0.0.1", "169.254.0.1", "224.0.0.1", "239.255.255.255",
        "255.255.255.255", "::", "::1", "fe80::1", "febf::1", "ff02::1"}) {
    CAPTURE(text);
    CHECK_FALSE(unicast(text));
  }
}

TEST_CASE("a set of several prefixes") {
  const AddressSet set = set_of({"10.0.0.0/9", "10.128.0.0/9", "192.168.0.0/16"});
  REQUIRE(set.prefixes().size() == 2);
  CHECK(to_string(set.prefixes()[0]) == "10.0.0.0/8");
  CHECK(to_string(set.prefixes()[1]) == "192.168.0.0/16");
}
