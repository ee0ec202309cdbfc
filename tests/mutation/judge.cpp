// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/mutation/judge.h"

#include <algorithm>
#include <span>
#include <tuple>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/packet/naive.h"
#include "compiler/packet/samples.h"
#include "compiler/prove/local_addresses.h"

namespace cordon::test {
namespace {

using config::Device;
using config::FilterId;
using config::InterfaceId;
using config::Reading;
using config::Stage;
using packet::Action;
using packet::MatchRule;
using packet::Packet;
using packet::State;

constexpr std::size_t window_limit = 60;  // rules whose boundaries are tried
constexpr std::size_t packet_limit = 3000;

// A rule as values, so that rules of different devices compare.
using RuleKey = std::tuple<std::uint32_t, Action, packet::Family, packet::AddressSet, packet::AddressSet,
                           packet::ServiceSet, std::uint8_t, std::uint8_t>;

struct Lists {
  std::vector<RuleKey> keys;
  std::vector<MatchRule> rules;
};

Lists lists_of(const Device& device) {
  Lists lists;
  for (const FilterId id : device.filters.ids()) {
    for (const config::Rule& rule : device.filters[id].rules) {
      const MatchRule match = to_match(device, rule);
      lists.keys.emplace_back(id.value, match.action, match.match.family, *match.match.source,
                              *match.match.destination, *match.match.services, match.match.fragments,
                              match.match.states);
      lists.rules.push_back(match);
    }
  }
  return lists;
}

// The rules of both between the common beginning and the common end.
std::vector<MatchRule> window(const Lists& a, const Lists& b) {
  const std::size_t shorter = std::min(a.keys.size(), b.keys.size());
  std::size_t begin = 0, end = 0;
  while (begin < shorter && a.keys[begin] == b.keys[begin]) ++begin;
  while (end < shorter - begin && a.keys[a.keys.size() - 1 - end] == b.keys[b.keys.size() - 1 - end]) ++end;
  std::vector<MatchRule> rules;
  for (const Lists* each : {&a, &b}) {
    const std::size_t count = std::min(each->rules.size() - begin - end, window_limit);
    const auto first = each->rules.begin() + static_cast<std::ptrdiff_t>(begin);
    rules.insert(rules.end(), first, first + static_cast<std::ptrdiff_t>(count));
    if (each->rules.size() - begin - end <= window_limit) continue;
    const auto last = each->rules.end() - static_cast<std::ptrdiff_t>(end);
    rules.insert(rules.end(), last - 10, last);
  }
  return rules;
}

std::string structure_of(const Reading& reading) {
  const Device& device = reading.device;
  std::string text;
  for (const config::Binding& each : device.bindings)
    text +=
        fmt::format("bind {} {} {}\n", static_cast<int>(each.stage), each.interface.value, each.filter.value);
  for (const config::Between& each : reading.between)
    text += fmt::format("between {} {} {}\n", each.in.value, each.out.value, each.filter.value);
  for (const config::Filter& each : device.filters) text += fmt::format("filter {}\n", each.stateful);
  for (const config::Interface& each : device.interfaces) {
    text += fmt::format("interface {} {} {} {} {}\n", each.port, each.ipv4 ? to_string(*each.ipv4) : "",
                        each.ipv6 ? to_string(*each.ipv6) : "", each.vlan.value_or(0), each.vrf);
    for (const packet::Address server : each.dhcp_relay) text += fmt::format("relay {}\n", to_string(server));
    text += fmt::format("private {}\n", each.private_vlan.value_or(0));
    if (!each.redundancy) continue;
    const config::Redundancy& pair = *each.redundancy;
    text +=
        fmt::format("virtual {} {} {} {} {}\n", pair.vrrp, pair.group, pair.ipv4 ? to_string(*pair.ipv4) : "",
                    pair.ipv6 ? to_string(*pair.ipv6) : "", pair.priority.value_or(0));
  }
  for (const config::Vlan& each : device.vlans)
    text += fmt::format("vlan {} {} {} {}\n", each.id, each.dhcp_snooping, each.arp_inspection,
                        each.isolated_vlan.value_or(0));
  for (const config::Port& each : device.ports) {
    text += fmt::format("port {} {} {} {} {} {} {} {} {} {} {}\n", each.name, static_cast<int>(each.mode),
                        each.access_vlan.value_or(0), fmt::join(each.trunk_vlans, ","),
                        each.native_vlan.value_or(0), static_cast<int>(each.isolation),
                        each.isolated_vlan.value_or(0), each.promiscuous.size(),
                        static_cast<int>(each.authentication), each.dhcp_trust, each.source_guard);
  }
  return text + fmt::format("gaps {}\n", reading.gaps.size());
}

bool is_error(const Packet& packet) {
  const bool v4 = packet.protocol == packet::protocol::icmp &&
                  (packet.icmp_type == 3 || packet.icmp_type == 11 || packet.icmp_type == 12);
  const bool v6 =
      packet.protocol == packet::protocol::icmpv6 && packet.icmp_type >= 1 && packet.icmp_type <= 4;
  return v4 || v6;
}

bool passes(const Device& device, FilterId id, const Packet& packet) {
  const config::Filter& filter = device.filters[id];
  if (filter.stateful && packet.state == State::established) return true;
  if (filter.stateful && packet.state == State::related && is_error(packet)) return true;
  for (const config::Rule& rule : filter.rules) {
    if (packet::matches(to_match(device, rule), packet)) return rule.action == Action::permit;
  }
  return false;
}

bool passes(const Device& device, Stage stage, InterfaceId interface, const Packet& packet) {
  return std::ranges::all_of(device.bindings, [&](const config::Binding& binding) {
    const bool here = !binding.interface.valid() || binding.interface == interface;
    return binding.stage != stage || !here || passes(device, binding.filter, packet);
  });
}

InterfaceId read_of(const Reading& reading, const config::Interface& planned) {
  InterfaceId found;
  std::size_t longest = 0;
  for (const InterfaceId id : reading.device.interfaces.ids()) {
    const std::string& port = reading.device.interfaces[id].port;
    if (port == planned.port) return id;
    const bool wild = port.ends_with('*') && planned.port.starts_with(port.substr(0, port.size() - 1));
    if (!wild || port.size() <= longest) continue;
    found = id;
    longest = port.size();
  }
  return found;
}

bool crossing_passes(const Reading& reading, InterfaceId in, InterfaceId out, const Packet& packet) {
  return passes(reading.device, Stage::interface_in, in, packet) &&
         passes(reading.device, Stage::interface_out, out, packet) &&
         std::ranges::all_of(reading.between, [&](const config::Between& each) {
           return each.in != in || each.out != out || passes(reading.device, each.filter, packet);
         });
}

bool own_passes(const Device& planned, const config::Capabilities& capabilities, InterfaceId interface,
                const Packet& packet) {
  const bool sees_own = capabilities.filter_sees_own == config::Support::yes;
  return passes(planned, Stage::own, interface, packet) &&
         (!sees_own || passes(planned, Stage::interface_in, interface, packet));
}

// Where interfaces are configured elsewhere, nothing may begin at one that nobody planned.
bool begins_elsewhere(const Device& planned, const Reading& reading, const Packet& packet) {
  if (packet.state != State::fresh) return false;
  std::vector<bool> known(reading.device.interfaces.size());
  for (const config::Interface& interface : planned.interfaces) {
    if (const InterfaceId id = read_of(reading, interface); id.valid()) known[id.value] = true;
  }
  return std::ranges::any_of(reading.device.interfaces.ids(), [&](InterfaceId id) {
    return !known[id.value] && passes(reading.device, Stage::interface_in, id, packet);
  });
}

}  // namespace

bool differs(const Device& planned, const config::Capabilities& capabilities, const Reading& reading,
             const Packet& packet) {
  const bool later = packet.fragment == packet::Fragment::later;
  if (later && capabilities.reassembles == config::Support::yes) return false;
  const bool local =
      prove::local_addresses(planned).of(packet.family).contains({packet.family, packet.destination});
  const bool addressing = capabilities.addressing == config::Support::yes;
  if (!local && !addressing && begins_elsewhere(planned, reading, packet)) return true;
  for (const InterfaceId in : planned.interfaces.ids()) {
    const InterfaceId read_in = read_of(reading, planned.interfaces[in]);
    if (local) {
      if (own_passes(planned, capabilities, in, packet) !=
          passes(reading.device, Stage::own, read_in, packet))
        return true;
      continue;
    }
    const bool enters = passes(planned, Stage::interface_in, in, packet);
    for (const InterfaceId out : planned.interfaces.ids()) {
      const bool wanted = enters && passes(planned, Stage::interface_out, out, packet);
      const InterfaceId read_out = read_of(reading, planned.interfaces[out]);
      if (wanted != crossing_passes(reading, read_in, read_out, packet)) return true;
    }
  }
  return false;
}

bool planned_crosses(const Device& planned, InterfaceId in, InterfaceId out, const Packet& packet) {
  return passes(planned, Stage::interface_in, in, packet) &&
         passes(planned, Stage::interface_out, out, packet);
}

bool read_crosses(const Device& planned, const Reading& reading, InterfaceId in, InterfaceId out,
                  const Packet& packet) {
  return crossing_passes(reading, read_of(reading, planned.interfaces[in]),
                         read_of(reading, planned.interfaces[out]), packet);
}

std::vector<Packet> tried_packets(const Reading& original, const Reading& changed) {
  const Lists before = lists_of(original.device), after = lists_of(changed.device);
  const std::vector<MatchRule> rules =
      before.keys == after.keys
          ? std::vector<MatchRule>(before.rules.begin(),
                                   before.rules.begin() + static_cast<std::ptrdiff_t>(
                                                              std::min(before.rules.size(), window_limit)))
          : window(before, after);
  packet::PacketSampler sampler(rules, 1);
  std::vector<Packet> packets = sampler.boundary();
  std::ranges::shuffle(packets, std::mt19937_64(2));
  packets.resize(std::min(packets.size(), packet_limit));
  return packets;
}

Judgement judge(const Device& planned, const config::Capabilities& capabilities, const Reading& original,
                const Reading& changed) {
  const bool same_structure = structure_of(original) == structure_of(changed);
  if (same_structure && lists_of(original.device).keys == lists_of(changed.device).keys)
    return {.same_text = true, .decided = std::nullopt};
  for (const Packet& packet : tried_packets(original, changed)) {
    if (differs(planned, capabilities, changed, packet)) return {.same_text = false, .decided = packet};
  }
  return {};
}

}  // namespace cordon::test
