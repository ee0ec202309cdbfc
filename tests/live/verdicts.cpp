// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What the reader of nftables says of packets that come in by one interface and leave by another.
//
//   live_verdicts RULESET IN OUT < packets
//
// A packet a line: family (4 or 6), source, destination, protocol, source and destination port, ICMP type and
// code, TCP flags, and 1 for a later fragment; numbers are decimal. The answer is `accept` or `drop` for
// each, or one line `gap LINE: why` and nothing else.

#include <algorithm>
#include <cstdint>
#include <exception>
#include <fstream>
#include <iostream>
#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "backends/nftables/read.h"
#include "compiler/packet/naive.h"

using namespace cordon;

namespace {

// Its own name, or the longest beginning of it that stands before a star.
config::InterfaceId interface_of(const config::Device& device, std::string_view name) {
  config::InterfaceId found;
  std::size_t longest = 0;
  for (const config::InterfaceId id : device.interfaces.ids()) {
    const std::string_view port = device.interfaces[id].port;
    if (port == name) return id;
    const bool fits = port.ends_with('*') && name.starts_with(port.substr(0, port.size() - 1));
    if (!fits || port.size() <= longest) continue;
    found = id;
    longest = port.size();
  }
  return found;
}

bool permits(const config::Device& device, config::FilterId filter, const packet::Packet& packet) {
  std::vector<packet::MatchRule> rules;
  for (const config::Rule& rule : device.filters[filter].rules) rules.push_back(to_match(device, rule));
  return packet::evaluate(rules, packet) == packet::Action::permit;
}

// Every filter on the way has to let it pass.
bool crosses(const config::Reading& reading, config::InterfaceId in, config::InterfaceId out,
             const packet::Packet& packet) {
  const config::Device& device = reading.device;
  const bool bound = std::ranges::all_of(device.bindings, [&](const config::Binding& binding) {
    const bool here = (binding.stage == config::Stage::interface_in && binding.interface == in) ||
                      (binding.stage == config::Stage::interface_out && binding.interface == out);
    return !here || permits(device, binding.filter, packet);
  });
  return bound && std::ranges::all_of(reading.between, [&](const config::Between& pair) {
           return pair.in != in || pair.out != out || permits(device, pair.filter, packet);
         });
}

bool read_packet(std::istream& in, packet::Packet& packet) {
  unsigned family = 0, protocol = 0, type = 0, code = 0, flags = 0, later = 0;
  std::string source, destination;
  if (!(in >> family >> source >> destination >> protocol >> packet.source_port >> packet.destination_port >>
        type >> code >> flags >> later))
    return false;
  packet.family = family == 4 ? packet::Family::ipv4 : packet::Family::ipv6;
  packet.source = packet::parse_address(source).value().bits;
  packet.destination = packet::parse_address(destination).value().bits;
  packet.protocol = static_cast<std::uint8_t>(protocol);
  packet.icmp_type = static_cast<std::uint8_t>(type);
  packet.icmp_code = static_cast<std::uint8_t>(code);
  packet.tcp_flags = static_cast<std::uint8_t>(flags);
  packet.fragment = later != 0 ? packet::Fragment::later : packet::Fragment::first_or_whole;
  return true;
}

int judge(std::string_view path, std::string_view in_name, std::string_view out_name) {
  std::ifstream file(std::string(path), std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  source::Sources sources;
  const source::FileId id = sources.add(std::string(path), text.str());
  const config::Reading reading = backends::nftables::read_configuration(sources, {&id, 1});
  for (const config::Gap& gap : reading.gaps) {
    fmt::print("gap {}: {}\n", sources.start(gap.range).line, gap.reason);
    return 0;
  }
  const config::InterfaceId in = interface_of(reading.device, in_name);
  const config::InterfaceId out = interface_of(reading.device, out_name);
  packet::Packet packet;
  while (read_packet(std::cin, packet))
    fmt::print("{}\n", crosses(reading, in, out, packet) ? "accept" : "drop");
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::span<char*> arguments(argv, static_cast<std::size_t>(argc));
  if (argc != 4) return 2;
  try {
    return judge(arguments[1], arguments[2], arguments[3]);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
