// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/read_expectations.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/packet/naive.h"

namespace cordon::test {
namespace {

using config::Action;
using config::InterfaceId;
using packet::Packet;
using Words = std::vector<std::string>;

InterfaceId interface_of(const config::Device& device, std::string_view name) {
  for (const InterfaceId id : device.interfaces.ids()) {
    if (device.interfaces[id].port == name || device.interfaces[id].name == name) return id;
  }
  REQUIRE_MESSAGE(false, "no interface " << name);
  return {};
}

// Of a connection, or an error about one.
bool is_remembered(const Packet& packet) {
  if (packet.state == packet::State::established) return true;
  if (packet.state != packet::State::related) return false;
  const bool v4 = packet.protocol == packet::protocol::icmp;
  if (!v4 && packet.protocol != packet::protocol::icmpv6) return false;
  return v4 ? packet.icmp_type == 3 || packet.icmp_type == 11 || packet.icmp_type == 12
            : packet.icmp_type >= 1 && packet.icmp_type <= 4;
}

bool permits(const config::Device& device, config::FilterId filter, const Packet& packet) {
  if (device.filters[filter].stateful && is_remembered(packet)) return true;
  std::vector<packet::MatchRule> rules;
  for (const config::Rule& rule : device.filters[filter].rules)
    rules.push_back(config::to_match(device, rule));
  // No filter may leave a packet to what stands behind its rules.
  const Action action = packet::evaluate(rules, packet, Action::deny);
  const bool decided = action == packet::evaluate(rules, packet, Action::permit);
  CHECK(decided);
  return action == Action::permit;
}

int to_int(std::string_view text) {
  int value = -1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::pair<packet::Address, std::uint16_t> endpoint(std::string text) {
  std::string port;
  const std::size_t close = text.find(']');
  const std::size_t colon = close == std::string::npos ? text.find(':') : text.find(':', close);
  if (colon != std::string::npos) port = text.substr(colon + 1);
  text = close == std::string::npos ? text.substr(0, colon) : text.substr(1, close - 1);
  const auto address = packet::parse_address(text);
  REQUIRE_MESSAGE(address, text);
  return {*address, port.empty() ? std::uint16_t{0} : static_cast<std::uint16_t>(to_int(port))};
}

std::uint8_t protocol(std::string_view word) {
  static const std::pair<std::string_view, std::uint8_t> names[] = {
      {"icmp", 1}, {"tcp", 6}, {"udp", 17}, {"icmpv6", 58}, {"sctp", 132}};
  for (const auto& [name, number] : names) {
    if (name == word) return number;
  }
  REQUIRE(to_int(word) >= 0);
  return static_cast<std::uint8_t>(to_int(word));
}

std::uint8_t flags(std::string_view text) {
  constexpr std::string_view names[] = {"fin", "syn", "rst", "psh", "ack", "urg"};
  unsigned value = 0;
  for (unsigned bit = 0; bit < 6; ++bit) {
    if (text.find(names[bit]) != std::string_view::npos) value |= 1U << bit;
  }
  return static_cast<std::uint8_t>(value);
}

void set_field(Packet& packet, std::string_view word) {
  if (word.starts_with("type=")) {
    packet.icmp_type = static_cast<std::uint8_t>(to_int(word.substr(5)));
  } else if (word.starts_with("code=")) {
    packet.icmp_code = static_cast<std::uint8_t>(to_int(word.substr(5)));
  } else if (word.starts_with("flags=")) {
    packet.tcp_flags = flags(word.substr(6));
  } else if (word == "established") {
    packet.state = packet::State::established;
  } else if (word == "related") {
    packet.state = packet::State::related;
  } else {
    REQUIRE(word == "later");
    packet.fragment = packet::Fragment::later;
  }
}

Words words(std::string_view text) {
  std::istringstream in{std::string(text)};
  Words out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

// `in=a out=b tcp X > Y … permit`
void check_packet(const config::Reading& reading, const Words& line) {
  REQUIRE(line.size() >= 7);
  REQUIRE(line[0].starts_with("in="));
  const std::string out = line[1] == "own" ? "" : line[1].substr(4);
  Packet packet;
  packet.protocol = protocol(line[2]);
  const auto [source, source_port] = endpoint(line[3]);
  const auto [destination, destination_port] = endpoint(line[5]);
  packet.family = source.family;
  packet.source = source.bits;
  packet.destination = destination.bits;
  for (std::size_t i = 6; i + 1 < line.size(); ++i) set_field(packet, line[i]);
  if (packet.fragment == packet::Fragment::first_or_whole) {
    packet.source_port = source_port;
    packet.destination_port = destination_port;
  }
  const bool expected = line.back() == "permit";
  REQUIRE((expected || line.back() == "deny"));
  CHECK((verdict(reading, line[0].substr(3), out, packet) == Action::permit) == expected);
}

void check_gap(const Read& read, const Words& line, std::string_view text) {
  const auto number = static_cast<std::uint32_t>(to_int(line[1]));
  const std::string_view reason = text.substr(text.find(line[1]) + line[1].size() + 1);
  const bool found = std::ranges::any_of(read.reading.gaps, [&](const config::Gap& gap) {
    return read.sources.start(gap.range).line == number && gap.reason.find(reason) != std::string::npos;
  });
  std::string gaps;
  for (const config::Gap& gap : read.reading.gaps)
    gaps += fmt::format("{}: {}\n", read.sources.start(gap.range).line, gap.reason);
  CHECK_MESSAGE(found, gaps);
}

std::string interface_text(const config::Interface& interface) {
  std::string text;
  if (interface.vlan) text += fmt::format(" vlan {}", *interface.vlan);
  if (interface.ipv4) text += " " + to_string(*interface.ipv4);
  if (interface.ipv6) text += " " + to_string(*interface.ipv6);
  if (interface.security_level) text += fmt::format(" level {}", *interface.security_level);
  if (!interface.vrf.empty()) text += " vrf " + interface.vrf;
  for (const packet::Address server : interface.dhcp_relay) text += " relay " + to_string(server);
  if (interface.private_vlan) text += fmt::format(" private {}", *interface.private_vlan);
  if (const auto& pair = interface.redundancy) {
    text += fmt::format(" {} {}", pair->vrrp ? "vrrp" : "hsrp", pair->group);
    if (pair->ipv4) text += " " + to_string(*pair->ipv4);
    if (pair->ipv6) text += " " + to_string(*pair->ipv6);
    if (pair->priority) text += fmt::format(" priority {}", *pair->priority);
  }
  return text;
}

std::string port_text(const config::Port& port) {
  static constexpr std::string_view modes[] = {" access", " trunk", " unused"};
  static constexpr std::string_view isolations[] = {"", " protected", " private"};
  static constexpr std::string_view authentications[] = {"", " dot1x", " mab", " dot1x+mab"};
  std::string text(modes[static_cast<std::size_t>(port.mode)]);
  if (port.access_vlan) text += fmt::format(" vlan {}", *port.access_vlan);
  if (port.trunk_vlans.size() > 100) {
    text += fmt::format(" {} vlans", port.trunk_vlans.size());
  } else if (!port.trunk_vlans.empty()) {
    text += fmt::format(" vlans {}", fmt::join(port.trunk_vlans, ","));
  }
  if (port.native_vlan) text += fmt::format(" native {}", *port.native_vlan);
  text += isolations[static_cast<std::size_t>(port.isolation)];
  if (port.isolated_vlan) text += fmt::format(" {}", *port.isolated_vlan);
  for (const auto& [primary, secondary] : port.promiscuous)
    text += fmt::format(" promiscuous {}/{}", primary, secondary);
  text += authentications[static_cast<std::size_t>(port.authentication)];
  if (port.dhcp_trust) text += " trusted";
  if (port.source_guard) text += " guarded";
  return text;
}

std::string vlan_text(const config::Vlan& vlan) {
  std::string text = vlan.name.empty() ? "" : " " + vlan.name;
  if (vlan.dhcp_snooping) text += " snooping";
  if (vlan.arp_inspection) text += " inspection";
  if (vlan.isolated_vlan) text += fmt::format(" isolated {}", *vlan.isolated_vlan);
  return text;
}

// `interface|port|vlan NAME is TEXT`, or `interface|port|vlan NAME missing`.
void check_thing(const config::Device& device, const Words& line) {
  std::string found = " missing";
  for (const config::Interface& one : device.interfaces) {
    if (line[0] == "interface" && one.port == line[1]) found = " is" + interface_text(one);
  }
  for (const config::Port& one : device.ports) {
    if (line[0] == "port" && one.name == line[1]) found = " is" + port_text(one);
  }
  for (const config::Vlan& one : device.vlans) {
    if (line[0] == "vlan" && one.id == to_int(line[1])) found = " is" + vlan_text(one);
  }
  CHECK(fmt::format("{} {}{}", line[0], line[1], found) == fmt::format("{}", fmt::join(line, " ")));
}

void check(const Read& read, std::string_view text) {
  const Words line = words(text);
  REQUIRE(line.size() > 1);
  const config::Reading& reading = read.reading;
  const auto count = static_cast<std::size_t>(to_int(line[1]));
  if (line[0] == "gap") {
    check_gap(read, line, text);
  } else if (line[0] == "gaps") {
    CHECK_MESSAGE(reading.gaps.size() == count, (reading.gaps.empty() ? "" : reading.gaps[0].reason));
  } else if (line[0] == "ignored") {
    CHECK(reading.ignored_lines == count);
  } else if (line[0] == "filters") {
    CHECK(reading.device.filters.size() == count);
  } else if (line[0] == "interface" || line[0] == "port" || line[0] == "vlan") {
    check_thing(reading.device, line);
  } else {
    check_packet(reading, line);
  }
}

bool is_printable(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

bool is_plain_name(std::string_view name) {
  return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string_view::npos;
}

bool has_unique_names(const config::Device& device) {
  std::vector<std::string_view> names;
  for (const config::Filter& filter : device.filters) names.push_back(filter.name);
  std::ranges::sort(names);
  return std::ranges::adjacent_find(names) == names.end() && std::ranges::all_of(names, is_plain_name);
}

bool holds_rules(const config::Device& device) {
  return std::ranges::all_of(device.filters, [&](const config::Filter& filter) {
    return std::ranges::all_of(filter.rules, [&](const config::Rule& rule) {
      return rule.source.value < device.addresses.size() &&
             rule.destination.value < device.addresses.size() &&
             rule.services.value < device.services.size() && rule.origin.value < device.origins.size();
    });
  });
}

}  // namespace

void read_into(Read& read, ReadConfiguration reader, std::string text) {
  read.file = read.sources.add("device.cfg", std::move(text));
  read.reading = reader(read.sources, {&read.file, 1});
}

Action verdict(const config::Reading& reading, std::string_view in, std::string_view out,
               const Packet& packet) {
  using config::Stage;
  const config::Device& device = reading.device;
  const InterfaceId from = interface_of(device, in);
  const InterfaceId to = out.empty() ? InterfaceId{} : interface_of(device, out);
  bool passes = true;
  for (const config::Binding& binding : device.bindings) {
    const bool own = binding.stage == Stage::own && (!binding.interface.valid() || binding.interface == from);
    const bool crossing = (binding.stage == Stage::interface_in && binding.interface == from) ||
                          (binding.stage == Stage::interface_out && binding.interface == to);
    if (out.empty() ? own : crossing) passes = permits(device, binding.filter, packet) && passes;
  }
  for (const config::Between& pair : reading.between) {
    if (!out.empty() && pair.in == from && pair.out == to)
      passes = permits(device, pair.filter, packet) && passes;
  }
  return passes ? Action::permit : Action::deny;
}

std::size_t check_expectations(std::string_view name, const std::string& text, ReadConfiguration reader) {
  constexpr std::string_view mark = "! expect: ";
  Read read;
  read_into(read, reader, text);
  std::size_t count = 0;
  std::size_t number = 0;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (!line.starts_with(mark)) continue;
    const std::string rest = line.substr(mark.size());
    const std::size_t end = rest.find(" ; ref: ");
    INFO(name << ":" << number << ": " << rest);
    REQUIRE_MESSAGE(end != std::string::npos, "no reference");
    check(read, rest.substr(0, end));
    ++count;
  }
  return count;
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<std::filesystem::path> configurations(std::string_view folder) {
  std::vector<std::filesystem::path> paths;
  const auto place = std::filesystem::path(CORDON_SOURCE_DIR) / "tests" / folder;
  for (const auto& entry : std::filesystem::directory_iterator(place)) paths.push_back(entry.path());
  std::ranges::sort(paths);
  return paths;
}

bool is_sound(const config::Reading& reading) {
  const auto& device = reading.device;
  return std::ranges::all_of(reading.gaps,
                             [&](const config::Gap& gap) {
                               return is_printable(gap.reason) && gap.range.valid() &&
                                      (!gap.filter.valid() || gap.filter.value < device.filters.size());
                             }) &&
         std::ranges::is_sorted(reading.gaps, {}, &config::Gap::range) && has_unique_names(device) &&
         holds_rules(device) &&
         std::ranges::all_of(device.origins, [](const auto& origin) { return is_printable(origin.label); }) &&
         std::ranges::none_of(device.addresses, [](const auto& set) { return set.addresses.empty(); }) &&
         std::ranges::none_of(device.services, [](const auto& set) { return set.terms.empty(); });
}

std::string damaged(std::string text, std::mt19937& random) {
  constexpr std::string_view bytes = " \n\r\t!-,./:09aeg^#@\x01\xff";
  for (unsigned times = 1 + random() % 4; times > 0 && !text.empty(); --times) {
    const std::size_t place = random() % text.size();
    switch (random() % 4) {
      case 0:
        text[place] = bytes[random() % bytes.size()];
        break;
      case 1:
        text.erase(place, 1 + random() % 8);
        break;
      case 2:
        text.insert(place, text.substr(random() % text.size(), random() % 40));
        break;
      default:
        if (random() % 4 == 0) text.resize(place);
        break;
    }
  }
  return text;
}

void check_line_ends(std::string_view folder, ReadConfiguration reader) {
  for (const auto& path : configurations(folder)) {
    std::string text;
    for (const char c : text_of(path)) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
    check_expectations(path.filename().string() + " with CRLF", text, reader);
  }
}

void check_damage(std::string_view folder, ReadConfiguration reader) {
  std::mt19937 random(20240607);  // NOLINT(cert-msc51-cpp): the same texts every time
  for (const auto& path : configurations(folder)) {
    const std::string text = text_of(path);
    for (int i = 0; i < 100; ++i) {
      Read read;
      read_into(read, reader, damaged(text, random));
      CHECK(is_sound(read.reading));
    }
  }
}

void check_truncation(std::string_view folder, ReadConfiguration reader) {
  for (const auto& path : configurations(folder)) {
    const std::string text = text_of(path);
    for (std::size_t length = 0; length < text.find("! expect"); length += 3) {
      Read read;
      read_into(read, reader, text.substr(0, length));
      CHECK(is_sound(read.reading));
    }
  }
}

}  // namespace cordon::test
