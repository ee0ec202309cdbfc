// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/common/ports.h"

#include <algorithm>
#include <charconv>

namespace cordon::backends {
namespace {

constexpr std::size_t max_numbers = 4;  // stack, slot, bay, port

// Takes decimal digits without leading zeros off the front.
std::optional<std::uint32_t> take_number(std::string_view& text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto digits = static_cast<std::size_t>(end - text.data());
  if (error != std::errc() || (text.front() == '0' && digits > 1)) return std::nullopt;
  text.remove_prefix(digits);
  return number;
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::optional<PortName> parse_port_name(std::string_view text, std::span<const std::string_view> types) {
  PortName name;
  name.type = text.substr(0, std::min(text.find_first_of("0123456789"), text.size()));
  if (std::ranges::find(types, name.type) == types.end()) return std::nullopt;
  std::string_view rest = text.substr(name.type.size());
  std::size_t numbers = 0;
  do {
    const auto number = take_number(rest);
    if (!number || ++numbers > max_numbers) return std::nullopt;
    name.number = *number;
  } while (take(rest, '/'));
  name.parent = text.substr(0, text.size() - rest.size());
  if (take(rest, '.')) {
    name.subinterface = take_number(rest);
    if (!name.subinterface) return std::nullopt;
  }
  if (!rest.empty()) return std::nullopt;
  return name;
}

}  // namespace cordon::backends
