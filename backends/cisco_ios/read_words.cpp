// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_ios/read_words.h"

#include <algorithm>

namespace cordon::backends::cisco_ios {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string without_blanks(std::string_view text) {
  std::string out;
  std::ranges::copy_if(text, std::back_inserter(out), [](char c) { return c != ' ' && c != '\t'; });
  return out;
}

// Text up to the next comma, which is removed with it.
std::string_view take_part(std::string_view& text) {
  const std::size_t comma = std::min(text.find(','), text.size());
  const std::string_view part = text.substr(0, comma);
  text.remove_prefix(std::min(comma + 1, text.size()));
  return part;
}

// `GigabitEthernet1/0/7-23`, or a single name. The second bound may repeat the name.
bool add_range(std::string_view part, std::vector<std::string>& names) {
  const std::size_t dash = part.rfind('-');
  const bool has_range = dash != std::string_view::npos && dash > 0 && is_digit(part[dash - 1]);
  if (!has_range) {
    names.emplace_back(part);
    return true;
  }
  const std::string_view first = part.substr(0, dash);
  std::string_view last = part.substr(dash + 1);
  std::size_t digits = first.size();
  while (digits > 0 && is_digit(first[digits - 1])) --digits;
  const std::string_view stem = first.substr(0, digits);
  if (last.starts_with(stem)) last.remove_prefix(stem.size());
  const auto from = number<std::uint32_t>(first.substr(digits));
  const auto to = number<std::uint32_t>(last);
  if (!from || !to || *to < *from || *to - *from >= most_interfaces_of_a_range) return false;
  for (std::uint32_t n = *from; n <= *to; ++n) names.push_back(std::string(stem) + std::to_string(n));
  return names.size() <= most_interfaces_of_a_range;
}

bool is_kind_of_subinterface(std::string_view word) {
  return word == "point-to-point" || word == "multipoint" || word == "l2transport";
}

std::string_view without_kind(std::string_view text) {
  const std::size_t blank = text.find_last_of(" \t");
  if (blank == std::string_view::npos || !is_kind_of_subinterface(text.substr(blank + 1))) return text;
  return text.substr(0, blank);
}

// Letters of `Vlan` in the case that the device prints.
void straighten(std::string& name) {
  constexpr std::string_view vlan = "vlan";
  const bool is_vlan = name.size() > vlan.size() && is_digit(name[vlan.size()]) &&
                       std::equal(vlan.begin(), vlan.end(), name.begin(),
                                  [](char lower, char c) { return lower == (c | 0x20); });
  if (is_vlan) name[0] = 'V', std::copy(vlan.begin() + 1, vlan.end(), name.begin() + 1);
}

}  // namespace

std::optional<std::uint16_t> vlan_id(std::string_view text) {
  const auto id = number<std::uint16_t>(text);
  return id && *id >= 1 && *id <= last_vlan ? id : std::nullopt;
}

std::optional<VlanSet> vlan_list(std::string_view text) {
  const std::string dense = without_blanks(text);
  if (dense.empty() || dense.back() == ',') return std::nullopt;
  VlanSet vlans;
  for (std::string_view rest = dense; !rest.empty();) {
    const std::string_view part = take_part(rest);
    const std::size_t dash = std::min(part.find('-'), part.size());
    const auto first = vlan_id(part.substr(0, dash));
    const auto last = dash == part.size() ? first : vlan_id(part.substr(dash + 1));
    if (!first || !last || *last < *first) return std::nullopt;
    for (std::size_t id = *first; id <= *last; ++id) vlans.set(id);
  }
  return vlans;
}

std::vector<std::uint16_t> ascending(const VlanSet& vlans) {
  std::vector<std::uint16_t> ids;
  ids.reserve(vlans.count());
  for (std::uint16_t id = 1; id <= last_vlan; ++id) {
    if (vlans.test(id)) ids.push_back(id);
  }
  return ids;
}

std::vector<std::string> interface_names(std::string_view text, bool range) {
  const std::string dense = without_blanks(without_kind(text));
  std::vector<std::string> names;
  if (!range) {
    if (!dense.empty()) names.push_back(dense);
  } else {
    for (std::string_view rest = dense; !rest.empty();) {
      if (!add_range(take_part(rest), names)) return {};
    }
  }
  for (std::string& name : names) {
    if (name.size() > longest_label || name != printable_text(name)) return {};
    straighten(name);
  }
  return names;
}

}  // namespace cordon::backends::cisco_ios
