// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Lines under `interface …`.
#include <algorithm>

#include "backends/cisco_asa/read_text.h"

namespace cordon::backends::cisco_asa::reading {
namespace {

using packet::Family;
using packet::Prefix;

void set_name(std::string_view name, config::Interface& interface) {
  interface.name = printable_text(name);
  if (!interface.security_level) interface.security_level = name == "inside" ? 100 : 0;
}

void set_level(const CommandLine& line, InterfaceText& interface) {
  constexpr std::uint8_t highest = 100;
  const auto level = number<std::uint8_t>(line.word(1));
  if (level && *level <= highest) {
    interface.value.security_level = level;
  } else {
    interface.problems.push_back({line.range, "a security level is not understood"});
  }
}

// `ip address A MASK [standby B]`. What DHCP or PPPoE gives is not known.
void set_ipv4(const CommandLine& line, const ConfigurationText& text, InterfaceText& interface) {
  const std::string_view word = line.word(2);
  if (word == "dhcp" || word == "pppoe") {
    interface.value.ipv4.reset();
    return;
  }
  const auto address = text.address(word);
  const auto length = netmask_length(line.word(3));
  if (!address || address->family != Family::ipv4 || !length) {
    interface.problems.push_back({line.range, "an address is not understood"});
    return;
  }
  interface.value.ipv4 = Prefix{*address, *length};
}

// `ipv6 address A/L [standby B]`; link-local addresses and those made from a prefix are not kept.
void set_ipv6(const CommandLine& line, InterfaceText& interface) {
  const std::string_view word = line.word(2);
  const std::size_t slash = word.find('/');
  const auto address = address_of(word.substr(0, slash), Family::ipv6);
  if (address && line.word(3) == "link-local") return;
  if (word == "autoconfig" || word == "dhcp") return;
  const auto length =
      slash == std::string_view::npos ? std::nullopt : number<std::uint8_t>(word.substr(slash + 1));
  constexpr std::uint8_t longest = 128;
  if (!address || !length || *length > longest || line.word(3) == "eui-64" || interface.value.ipv6) {
    interface.problems.push_back({line.range, "an address is not understood"});
    return;
  }
  interface.value.ipv6 = Prefix{*address, *length};
}

void set_vlan(const CommandLine& line, InterfaceText& interface) {
  constexpr std::uint16_t last_vlan = 4094;
  const auto id = number<std::uint16_t>(line.word(1));
  if (!id || *id == 0 || *id > last_vlan || line.words.size() > 2) {
    interface.problems.push_back({line.range, "a VLAN is not understood"});
    return;
  }
  interface.value.vlan = id;
}

// `no X`: back to what it is without the line.
bool read_removal(const CommandLine& line, InterfaceText& interface) {
  const std::string_view what = line.word(1);
  config::Interface& value = interface.value;
  if (what == "shutdown") {
    interface.shutdown = false;
  } else if (what == "nameif") {
    value.name.clear();
  } else if (what == "security-level") {
    value.security_level.reset();
  } else if (what == "management-only") {
    interface.management_only = false;
  } else if (what == "vlan") {
    value.vlan.reset();
  } else if (begins(line, {"no", "ip", "address"})) {
    value.ipv4.reset();
  } else if (begins(line, {"no", "ipv6", "address"})) {
    value.ipv6.reset();
  } else {
    return false;
  }
  return true;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

}  // namespace

bool read_interface_line(const CommandLine& line, const ConfigurationText& text, InterfaceText& interface) {
  const std::string_view word = line.word(0);
  if (word == "no") return read_removal(line, interface);
  if (word == "nameif") {
    set_name(line.word(1), interface.value);
  } else if (word == "security-level") {
    set_level(line, interface);
  } else if (begins(line, {"ip", "address"})) {
    set_ipv4(line, text, interface);
  } else if (begins(line, {"ipv6", "address"})) {
    set_ipv6(line, interface);
  } else if (word == "vlan") {
    set_vlan(line, interface);
  } else if (word == "shutdown") {
    interface.shutdown = true;
  } else if (word == "management-only") {
    interface.management_only = true;
  } else if (word == "description") {
    interface.value.description = printable_text(line.rest(1));
  } else if (begins(line, {"dhcprelay", "server"})) {
    if (const auto server = text.address(line.word(2))) interface.value.dhcp_relay.push_back(*server);
  } else if (is_one_of(word, {"bridge-group", "zone-member", "cts", "security-group", "switchport"})) {
    interface.problems.push_back({line.range, "what this does to packets is not held"});
  } else {
    return false;
  }
  return true;
}

}  // namespace cordon::backends::cisco_asa::reading
