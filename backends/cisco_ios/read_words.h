// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Words of a line as a reader takes them: numbers, addresses, VLAN lists, names of interfaces.
#ifndef BACKENDS_CISCO_IOS_READ_WORDS_H
#define BACKENDS_CISCO_IOS_READ_WORDS_H

#include <bitset>
#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backends/cisco_ios/read_limits.h"
#include "backends/common/command_lines.h"
#include "compiler/packet/address.h"

namespace cordon::backends::cisco_ios {

using VlanSet = std::bitset<last_vlan + 1>;

// Whether the line's words from `at` on begin with these.
[[nodiscard]] bool begins(const CommandLine& line, std::initializer_list<std::string_view> words,
                          std::size_t at = 0);

// One line, without anything that is not printable, cut at `longest_label`.
[[nodiscard]] std::string printable_text(std::string_view text);

// Decimal digits only, up to the largest value of the type.
template <class Number>
[[nodiscard]] std::optional<Number> number(std::string_view text) {
  Number value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (text.empty() || text[0] == '-' || error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

[[nodiscard]] std::optional<packet::Address> address_of(std::string_view text, packet::Family family);

// `255.255.255.0` as 24; nothing when its ones do not stand together at the front.
[[nodiscard]] std::optional<std::uint8_t> netmask_length(std::string_view text);

// `10,20-30`, also with blanks after commas when they are words of one line. Nothing when a part is not a
// VLAN.
[[nodiscard]] std::optional<VlanSet> vlan_list(std::string_view text);
[[nodiscard]] std::optional<std::uint16_t> vlan_id(std::string_view text);
[[nodiscard]] std::vector<std::uint16_t> ascending(const VlanSet& vlans);

// Names that `interface …` or `interface range …` speaks of; the words after the keywords. `Vlan 10` is
// `Vlan10`. Empty when it is not understood, not printable or too long.
[[nodiscard]] std::vector<std::string> interface_names(std::string_view text, bool range);

}  // namespace cordon::backends::cisco_ios

#endif  // BACKENDS_CISCO_IOS_READ_WORDS_H
