// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/packet/address.h"

#include <array>
#include <charconv>
#include <cstddef>

namespace cordon::packet {
namespace {

constexpr std::size_t groups = 8;  // of 16 bits, in an IPv6 address
using Groups = std::array<std::uint16_t, groups>;

// A decimal number without sign or leading zeros, at most `limit`.
std::optional<unsigned> parse_decimal(std::string_view text, unsigned limit) {
  if (text.empty() || text.size() > 3 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  unsigned value = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(digit - '0');
  }
  return value <= limit ? std::optional(value) : std::nullopt;
}

std::optional<Bits> parse_ipv4(std::string_view text) {
  Bits bits = 0;
  for (int part = 0; part < 4; ++part) {
    const std::size_t dot = part < 3 ? text.find('.') : text.size();
    if (dot == std::string_view::npos) return std::nullopt;
    const auto octet = parse_decimal(text.substr(0, dot), 255);
    if (!octet) return std::nullopt;
    bits = bits << 8 | *octet;
    text.remove_prefix(part < 3 ? dot + 1 : dot);
  }
  return bits;
}

std::optional<std::uint16_t> parse_group(std::string_view text) {
  if (text.empty() || text.size() > 4) return std::nullopt;
  std::uint16_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// One side of `::`, or the whole address: groups joined by single colons. The last may be a dotted
// quad when it ends the address.
struct Side {
  Groups values{};
  std::size_t count = 0;

  bool push(std::uint16_t value) {
    if (count == groups) return false;
    values[count++] = value;
    return true;
  }
};

bool push_part(std::string_view part, bool ends_address, Side& side) {
  if (ends_address && part.find('.') != std::string_view::npos) {
    const auto quad = parse_ipv4(part);
    return quad && side.push(static_cast<std::uint16_t>(*quad >> 16)) &&
           side.push(static_cast<std::uint16_t>(*quad & 0xffff));
  }
  const auto group = parse_group(part);
  return group && side.push(*group);
}

std::optional<Side> parse_side(std::string_view text, bool ends_address) {
  Side side;
  if (text.empty()) return side;
  while (true) {
    const std::size_t colon = text.find(':');
    const bool last = colon == std::string_view::npos;
    if (!push_part(text.substr(0, colon), last && ends_address, side)) return std::nullopt;
    if (last) return side;
    text.remove_prefix(colon + 1);
  }
}

std::optional<Bits> parse_ipv6(std::string_view text) {
  const std::size_t gap = text.find("::");
  const bool compressed = gap != std::string_view::npos;
  const auto head = parse_side(text.substr(0, gap), !compressed);
  const auto tail = compressed ? parse_side(text.substr(gap + 2), true) : Side{};
  if (!head || !tail) return std::nullopt;
  const std::size_t given = head->count + tail->count;
  if (compressed ? given >= groups : given != groups) return std::nullopt;

  Groups all{};
  for (std::size_t i = 0; i < head->count; ++i) all[i] = head->values[i];
  for (std::size_t i = 0; i < tail->count; ++i) all[groups - tail->count + i] = tail->values[i];
  Bits bits = 0;
  for (const std::uint16_t group : all) bits = bits << 16 | group;
  return bits;
}

void append_ipv4(std::string& out, Bits bits) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    out += std::to_string(static_cast<unsigned>(bits >> shift & 0xff));
    if (shift > 0) out += '.';
  }
}

void append_group(std::string& out, std::uint16_t group) {
  std::array<char, 4> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), group, 16);
  static_cast<void>(error);  // four hexadecimal digits hold every group
  out.append(digits.data(), end);
}

// RFC 5952, 4.2: the longest run of two or more zero groups, the first of equally long ones.
struct Run {
  std::size_t first = groups;
  std::size_t count = 0;
};

Run longest_zero_run(const Groups& all) {
  Run best;
  Run run;
  for (std::size_t i = 0; i < groups; ++i) {
    if (all[i] != 0) {
      run.count = 0;
      continue;
    }
    if (run.count++ == 0) run.first = i;
    if (run.count > best.count && run.count >= 2) best = run;
  }
  return best;
}

std::string print_ipv6(Bits bits) {
  if (bits >> 32 == 0xffff) {  // IPv4-mapped: mixed notation, RFC 5952, 5
    std::string out = "::ffff:";
    append_ipv4(out, bits & 0xffffffffU);
    return out;
  }
  Groups all{};
  for (std::size_t i = 0; i < groups; ++i) all[i] = static_cast<std::uint16_t>(bits >> (16 * (7 - i)));
  const Run gap = longest_zero_run(all);

  std::string out;
  for (std::size_t i = 0; i < groups;) {
    if (i == gap.first) {
      out += "::";
      i += gap.count;
      continue;
    }
    if (!out.empty() && out.back() != ':') out += ':';
    append_group(out, all[i++]);
  }
  return out;
}

Bits host_mask(Family family, std::uint8_t length) {
  const int host_bits = width(family) - length;
  return host_bits == 128 ? ~Bits{0} : (Bits{1} << host_bits) - 1;
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  const Family family = text.find(':') == std::string_view::npos ? Family::ipv4 : Family::ipv6;
  const auto bits = family == Family::ipv4 ? parse_ipv4(text) : parse_ipv6(text);
  if (!bits) return std::nullopt;
  return Address{family, *bits};
}

std::string to_string(Address address) {
  if (address.family == Family::ipv6) return print_ipv6(address.bits);
  std::string out;
  append_ipv4(out, address.bits);
  return out;
}

Bits Prefix::first() const { return address.bits & ~host_mask(family(), length); }
Bits Prefix::last() const { return address.bits | host_mask(family(), length); }

bool Prefix::contains(Address other) const {
  return other.family == family() && first() <= other.bits && other.bits <= last();
}

std::optional<Prefix> parse_prefix(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto address = parse_address(text.substr(0, slash));
  if (!address) return std::nullopt;
  const auto length = parse_decimal(text.substr(slash + 1), static_cast<unsigned>(width(address->family)));
  if (!length) return std::nullopt;
  return Prefix{*address, static_cast<std::uint8_t>(*length)};
}

std::string to_string(const Prefix& prefix) {
  return to_string(prefix.address) + '/' + std::to_string(prefix.length);
}

}  // namespace cordon::packet
