// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "read_expectations.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <sstream>

#include <doctest/doctest.h>

#include "backends/nftables/read.h"
#include "compiler/packet/naive.h"

namespace cordon::test {
namespace {

using config::Action;
using config::InterfaceId;
using packet::Packet;

// The class of a name: itself, else the longest wildcard.
InterfaceId interface_of(const config::Device& device, std::string_view name) {
  InterfaceId found;
  std::size_t longest = 0;
  for (const InterfaceId id : device.interfaces.ids()) {
    const std::string& port = device.interfaces[id].port;
    if (port == name) return id;
    const bool wildcard = port.ends_with('*') && name.starts_with(port.substr(0, port.size() - 1));
    if (wildcard && port.size() > longest) {
      found = id;
      longest = port.size();
    }
  }
  return found;
}

bool permits(const config::Device& device, config::FilterId filter, const Packet& packet) {
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
  std::uint16_t port = 0;
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close + 1 < text.size()) port = static_cast<std::uint16_t>(to_int(text.substr(close + 2)));
    text = text.substr(1, close - 1);
  } else if (const std::size_t colon = text.find(':'); colon != std::string::npos) {
    port = static_cast<std::uint16_t>(to_int(text.substr(colon + 1)));
    text.resize(colon);
  }
  const auto address = packet::parse_address(text);
  REQUIRE_MESSAGE(address, text);
  return {*address, port};
}

std::uint8_t protocol(std::string_view word) {
  if (word == "icmp") return 1;
  if (word == "tcp") return 6;
  if (word == "udp") return 17;
  if (word == "icmpv6") return 58;
  if (word == "sctp") return 132;
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
  if (word.starts_with("type=")) packet.icmp_type = static_cast<std::uint8_t>(to_int(word.substr(5)));
  if (word.starts_with("code=")) packet.icmp_code = static_cast<std::uint8_t>(to_int(word.substr(5)));
  if (word.starts_with("flags=")) packet.tcp_flags = flags(word.substr(6));
  if (word == "later") packet.fragment = packet::Fragment::later;
  if (word == "established") packet.state = packet::State::established;
  if (word == "related") packet.state = packet::State::related;
}

std::vector<std::string> words(std::string_view text) {
  std::istringstream in{std::string(text)};
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

// `in=a out=b tcp X > Y … permit`
void check_packet(const config::Reading& reading, const std::vector<std::string>& line) {
  REQUIRE(line.size() >= 7);
  const std::string in = line[0].substr(3);
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
  CHECK((verdict(reading, in, out, packet) == Action::permit) == expected);
}

void check_gap(const Read& read, const std::vector<std::string>& line, std::string_view text) {
  const auto number = static_cast<std::uint32_t>(to_int(line[1]));
  const std::string_view reason = text.substr(text.find(line[1]) + line[1].size() + 1);
  const bool found = std::ranges::any_of(read.reading.gaps, [&](const config::Gap& gap) {
    return read.sources.start(gap.range).line == number && gap.reason.find(reason) != std::string::npos;
  });
  std::string gaps;
  for (const config::Gap& gap : read.reading.gaps) {
    gaps += std::to_string(read.sources.start(gap.range).line) + ": " + gap.reason + "\n";
  }
  CHECK_MESSAGE(found, gaps);
}

void check(const Read& read, std::string_view text) {
  const std::vector<std::string> line = words(text);
  REQUIRE(!line.empty());
  const config::Reading& reading = read.reading;
  if (line[0] == "gap") return check_gap(read, line, text);
  if (line[0] == "gaps") {
    std::string first;
    if (!reading.gaps.empty()) first = reading.gaps[0].reason;
    CHECK_MESSAGE(reading.gaps.size() == static_cast<std::size_t>(to_int(line[1])), first);
  } else if (line[0] == "ignored") {
    CHECK(reading.ignored_lines == static_cast<std::uint32_t>(to_int(line[1])));
  } else if (line[0] == "filters") {
    CHECK(reading.device.filters.size() == static_cast<std::size_t>(to_int(line[1])));
  } else if (line[0] == "between") {
    CHECK(reading.between.size() == static_cast<std::size_t>(to_int(line[1])));
  } else if (line[0] == "interfaces") {
    std::vector<std::string> ports = {"interfaces"};
    for (const config::Interface& interface : reading.device.interfaces) ports.push_back(interface.port);
    CHECK(ports == line);
  } else {
    check_packet(reading, line);
  }
}

}  // namespace

void read_into(Read& read, std::string text) {
  read.file = read.sources.add("ruleset.nft", std::move(text));
  read.reading = backends::nftables::read_configuration(read.sources, {&read.file, 1});
}

Action verdict(const config::Reading& reading, std::string_view in, std::string_view out,
               const Packet& packet) {
  const config::Device& device = reading.device;
  const InterfaceId from = interface_of(device, in);
  const InterfaceId to = out.empty() ? InterfaceId{} : interface_of(device, out);
  bool passes = true;
  for (const config::Binding& binding : device.bindings) {
    using config::Stage;
    const bool asked =
        out.empty() ? binding.stage == Stage::own && (!binding.interface.valid() || binding.interface == from)
                    : (binding.stage == Stage::interface_in && binding.interface == from) ||
                          (binding.stage == Stage::interface_out && binding.interface == to);
    if (asked) passes = passes && permits(device, binding.filter, packet);
  }
  for (const config::Between& between : reading.between) {
    if (!out.empty() && between.in == from && between.out == to) {
      passes = passes && permits(device, between.filter, packet);
    }
  }
  return passes ? Action::permit : Action::deny;
}

std::size_t check_expectations(std::string_view name, const std::string& text,
                               const std::string& expectations) {
  constexpr std::string_view mark = "# expect: ";
  Read read;
  read_into(read, text);
  std::size_t count = 0;
  std::istringstream in(expectations);
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const std::size_t begin = line.find(mark);
    if (begin == std::string::npos) continue;
    const std::string rest = line.substr(begin + mark.size());
    const std::size_t end = rest.find(" ; ref: ");
    INFO(name << ":" << number << ": " << rest);
    REQUIRE_MESSAGE(end != std::string::npos, "no reference");
    check(read, rest.substr(0, end));
    ++count;
  }
  return count;
}

}  // namespace cordon::test
