// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Addresses, prefixes and sets of addresses of both families.
//
// IPv4 and IPv6 are disjoint universes: an address is a number in one of them and never in both.
// Text forms follow RFC 4291 and RFC 5952 (IPv6) and dotted decimal without leading zeros (IPv4).
#ifndef COMPILER_PACKET_ADDRESS_H
#define COMPILER_PACKET_ADDRESS_H

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::packet {

enum class Family : std::uint8_t { ipv4, ipv6 };
inline constexpr Family families[] = {Family::ipv4, Family::ipv6};

// An IPv4 address uses the low 32. `__extension__`, which keeps -Wpedantic calm, goes before a typedef only.
__extension__ typedef unsigned __int128 Bits;  // NOLINT(modernize-use-using)

[[nodiscard]] constexpr int width(Family family) { return family == Family::ipv4 ? 32 : 128; }
[[nodiscard]] constexpr Bits max_bits(Family family) {
  return family == Family::ipv4 ? Bits{0xffffffffU} : ~Bits{0};
}

struct Address {
  Family family = Family::ipv4;
  Bits bits = 0;
  friend constexpr auto operator<=>(const Address&, const Address&) = default;
};

// Nothing when the text is not exactly one address. A zone index (`fe80::1%eth0`) is refused.
[[nodiscard]] std::optional<Address> parse_address(std::string_view text);
[[nodiscard]] std::string to_string(Address address);

struct Prefix {
  Address address;          // for a network: host bits are zero; for an interface: they are kept
  std::uint8_t length = 0;  // in bits
  friend constexpr auto operator<=>(const Prefix&, const Prefix&) = default;

  [[nodiscard]] Family family() const { return address.family; }
  [[nodiscard]] Bits first() const;
  [[nodiscard]] Bits last() const;
  [[nodiscard]] bool contains(Address other) const;
  [[nodiscard]] bool has_host_bits() const { return address.bits != first(); }
};

// `10.0.0.0/8` or `fd00::/8`; a bare address is not a prefix.
[[nodiscard]] std::optional<Prefix> parse_prefix(std::string_view text);
[[nodiscard]] std::string to_string(const Prefix& prefix);

struct AddressRange {
  Bits first = 0;
  Bits last = 0;  // inclusive
  friend constexpr auto operator<=>(const AddressRange&, const AddressRange&) = default;
};

// A set of addresses of one family: sorted, disjoint, not adjacent. Equal sets are equal values.
class AddressSet {
 public:
  AddressSet() = default;
  explicit AddressSet(Family family) : family_(family) {}
  AddressSet(Family family, std::vector<AddressRange> ranges);  // any order, may overlap
  explicit AddressSet(const Prefix& prefix);
  explicit AddressSet(Address address);
  [[nodiscard]] static AddressSet all(Family family);

  [[nodiscard]] Family family() const { return family_; }
  [[nodiscard]] bool empty() const { return ranges_.empty(); }
  [[nodiscard]] bool is_all() const;
  [[nodiscard]] const std::vector<AddressRange>& ranges() const { return ranges_; }
  [[nodiscard]] bool contains(Address address) const;

  // The least number of prefixes, ascending. At most twice the width for each range.
  [[nodiscard]] std::vector<Prefix> prefixes() const;

  friend auto operator<=>(const AddressSet&, const AddressSet&) = default;

 private:
  Family family_ = Family::ipv4;
  std::vector<AddressRange> ranges_;
};

// Operands are of one family. Linear in the number of ranges.
[[nodiscard]] AddressSet unite(const AddressSet& a, const AddressSet& b);
[[nodiscard]] AddressSet intersect(const AddressSet& a, const AddressSet& b);
[[nodiscard]] AddressSet subtract(const AddressSet& a, const AddressSet& b);
[[nodiscard]] bool is_subset(const AddressSet& inner, const AddressSet& outer);
[[nodiscard]] bool intersects(const AddressSet& a, const AddressSet& b);

// Never unicast: "this network", loopback, link-local, multicast, broadcast. `any` in a policy
// excludes these (RFC 6890, RFC 4291); they occur only in listed infrastructure traffic.
[[nodiscard]] const AddressSet& not_unicast(Family family);

}  // namespace cordon::packet

#endif  // COMPILER_PACKET_ADDRESS_H
