// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Universes of packets small enough to try every packet.
//
// Addresses and ports are cut into a few classes, and random rules speak of whole classes only. One
// packet a class then stands for all of its packets, so the representatives decide exactly what a
// list does, whatever the widths: the second road for every law of the packet-set engine.
#ifndef TESTS_PROPERTY_PACKET_UNIVERSE_H
#define TESTS_PROPERTY_PACKET_UNIVERSE_H

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <random>
#include <utility>
#include <vector>

#include "compiler/packet/match.h"
#include "compiler/packet/naive.h"
#include "compiler/packet/service.h"

namespace cordon::packet::testing {

using Random = std::mt19937_64;

inline bool chance(Random& random, unsigned percent) { return random() % 100 < percent; }

template <class T>
const T& one_of(Random& random, const std::vector<T>& items) {
  return items[random() % items.size()];
}

// A packet and how many packets it stands for.
struct Representative {
  Packet packet;
  long double weight = 1;
};

// A list with the sets that its rules point to.
struct RuleList {
  std::deque<AddressSet> addresses;
  std::deque<ServiceSet> services;
  std::vector<MatchRule> rules;
};

class Universe {
 public:
  // Cuts 0, 1 and the highest value, and `cuts` random places more.
  Universe(Random& random, unsigned cuts) {
    for (const Family family : families) {
      std::vector<Bits> starts = {0, 1, max_bits(family)};
      for (unsigned i = 0; i < cuts; ++i) starts.push_back(random_bits(random) & max_bits(family));
      sort_unique(starts);
      for (std::size_t i = 0; i < starts.size(); ++i) {
        const Bits last = i + 1 < starts.size() ? starts[i + 1] - 1 : max_bits(family);
        addresses_[index(family)].push_back({starts[i], last});
      }
    }
    std::vector<unsigned> starts = {0, 1, 65535};
    for (unsigned i = 0; i < cuts; ++i) starts.push_back(static_cast<unsigned>(random() % 65536));
    sort_unique(starts);
    for (std::size_t i = 0; i < starts.size(); ++i) {
      const unsigned last = i + 1 < starts.size() ? starts[i + 1] - 1 : 65535;
      ports_.push_back({static_cast<std::uint16_t>(starts[i]), static_cast<std::uint16_t>(last)});
    }
    for (const Family family : families) add_representatives(family);
  }

  [[nodiscard]] const std::vector<Representative>& packets() const { return packets_; }

  [[nodiscard]] RuleList random_list(Random& random, std::size_t count) const {
    RuleList list;
    while (list.rules.size() < count) add_rule(random, list);
    return list;
  }

  // Decisions of a list on all representatives: two lists are equal exactly when these are.
  [[nodiscard]] std::vector<bool> decisions(std::span<const MatchRule> rules) const {
    std::vector<bool> out;
    out.reserve(packets_.size());
    for (const auto& [packet, weight] : packets_) out.push_back(evaluate(rules, packet) == Action::permit);
    return out;
  }

 private:
  // Sets of TCP flags that rules use, and one combination for each class they make.
  static constexpr TcpFlagSet syn_only = TcpFlagSet{1} << 2;
  static constexpr TcpFlagSet all_flags_set = TcpFlagSet{1} << 63;

  static std::size_t index(Family family) { return static_cast<std::size_t>(family); }

  static Bits random_bits(Random& random) { return Bits{random()} << 64 | random(); }

  template <class T>
  static void sort_unique(std::vector<T>& values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
  }

  [[nodiscard]] AddressSet random_addresses(Random& random, Family family) const {
    if (chance(random, 25)) return AddressSet::all(family);
    const auto& classes = addresses_[index(family)];
    if (chance(random, 40)) return {family, {one_of(random, classes)}};
    std::vector<AddressRange> ranges;
    for (const AddressRange& range : classes) {
      if (chance(random, 50)) ranges.push_back(range);
    }
    return {family, ranges};
  }

  [[nodiscard]] PortRange random_ports(Random& random) const {
    if (chance(random, 40)) return {};
    const std::size_t a = random() % ports_.size();
    const std::size_t b = random() % ports_.size();
    return {ports_[std::min(a, b)].first, ports_[std::max(a, b)].last};
  }

  [[nodiscard]] static TcpFlagSet random_flags(Random& random) {
    const TcpFlagSet sets[] = {any_tcp_flags, any_tcp_flags, established_flags(), ~established_flags(),
                               syn_only,      all_flags_set, ~all_flags_set,      syn_only | all_flags_set};
    return sets[random() % std::size(sets)];
  }

  [[nodiscard]] ServiceTerm random_term(Random& random) const {
    ServiceTerm term;
    if (chance(random, 15)) return term;
    constexpr std::uint8_t numbers[] = {6, 6, 6, 6, 17, 17, 1, 58, 132, 47, 0, 255};
    const std::uint8_t number = numbers[random() % std::size(numbers)];
    term.protocol = number;
    if (has_ports(number)) {
      term.source = chance(random, 60) ? PortRange{} : random_ports(random);
      term.destination = random_ports(random);
    }
    if (is_icmp(number) && chance(random, 70)) {
      term.icmp_type = chance(random, 30) ? 0 : 8;
      if (term.icmp_type == 8 && chance(random, 40)) term.icmp_code = 0;
    }
    if (number == protocol::tcp) term.flags = random_flags(random);
    return term;
  }

  void add_rule(Random& random, RuleList& list) const {
    const Family family = chance(random, 70) ? Family::ipv4 : Family::ipv6;
    list.addresses.push_back(random_addresses(random, family));
    const AddressSet* source = &list.addresses.back();
    list.addresses.push_back(random_addresses(random, family));
    const AddressSet* destination = &list.addresses.back();
    ServiceSet terms;
    const std::size_t count = chance(random, 70) ? 1 : random() % 4;
    for (std::size_t i = 0; i < count; ++i) terms.push_back(random_term(random));
    list.services.push_back(chance(random, 50) ? normalize(terms) : terms);
    MatchRule rule{{family, source, destination, &list.services.back()}, Action::permit};
    if (chance(random, 40)) rule.action = Action::deny;
    if (chance(random, 25)) rule.match.fragments = static_cast<std::uint8_t>(1 + random() % 3);
    if (chance(random, 25)) rule.match.states = static_cast<std::uint8_t>(1 + random() % 7);
    list.rules.push_back(rule);
  }

  static long double width(const AddressRange& range) {
    return static_cast<long double>(range.last - range.first) + 1;
  }
  static long double width(const PortRange& range) { return range.last - range.first + 1.0L; }

  void add_representatives(Family family) {
    for (const AddressRange& source : addresses_[index(family)]) {
      for (const AddressRange& destination : addresses_[index(family)]) {
        Representative one;
        one.packet.family = family;
        one.packet.source = source.first;
        one.packet.destination = destination.last;
        one.weight = width(source) * width(destination);
        add_protocols(one);
      }
    }
  }

  void add_protocols(Representative one) {
    const long double between = one.weight;
    for (const unsigned number : {0U, 1U, 6U, 17U, 47U, 58U, 132U, 255U, 253U}) {
      one.packet.protocol = static_cast<std::uint8_t>(number);
      one.weight = number == 253 ? between * (256 - 8) : between;  // stands for all that no rule names
      one.packet.fragment = Fragment::later;
      add_states(one);
      one.packet.fragment = Fragment::first_or_whole;
      if (has_ports(one.packet.protocol)) {
        add_ports(one);
      } else if (is_icmp(one.packet.protocol)) {
        add_types(one);
      } else {
        add_states(one);
      }
    }
  }

  void add_ports(Representative one) {
    const long double before = one.weight;
    for (const PortRange& source : ports_) {
      for (const PortRange& destination : ports_) {
        one.packet.source_port = source.last;
        one.packet.destination_port = destination.first;
        one.weight = before * width(source) * width(destination);
        if (one.packet.protocol == protocol::tcp) {
          add_flags(one);
        } else {
          add_states(one);
        }
      }
    }
  }

  void add_flags(Representative one) {
    const long double before = one.weight;
    constexpr std::pair<std::uint8_t, unsigned> classes[] = {{2, 1}, {63, 1}, {0, 15}, {16, 47}};
    for (const auto& [flags, weight] : classes) {
      one.packet.tcp_flags = flags;
      one.weight = before * weight;
      add_states(one);
    }
  }

  void add_types(Representative one) {
    const long double before = one.weight;
    constexpr std::array<unsigned, 3> classes[] = {{8, 0, 1}, {8, 255, 255}, {0, 7, 256}, {255, 0, 65024}};
    for (const auto& [type, code, weight] : classes) {
      one.packet.icmp_type = static_cast<std::uint8_t>(type);
      one.packet.icmp_code = static_cast<std::uint8_t>(code);
      one.weight = before * weight;
      add_states(one);
    }
  }

  void add_states(Representative one) {
    for (const State state : {State::fresh, State::established, State::related}) {
      one.packet.state = state;
      packets_.push_back(one);
    }
  }

  std::array<std::vector<AddressRange>, 2> addresses_;
  std::vector<PortRange> ports_;
  std::vector<Representative> packets_;
};

}  // namespace cordon::packet::testing

#endif  // TESTS_PROPERTY_PACKET_UNIVERSE_H
