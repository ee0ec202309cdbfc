// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Small lists of rules, written as text.
#ifndef TESTS_UNIT_PACKET_RULES_H
#define TESTS_UNIT_PACKET_RULES_H

#include <deque>
#include <initializer_list>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "compiler/packet/match.h"

namespace cordon::packet::testing {

// Owns what its rules point to.
class Rules {
 public:
  explicit Rules(Family family = Family::ipv4) : family_(family) {}

  // Addresses are prefixes, single addresses or `any`; services as in a policy.
  MatchRule& add(Action action, std::string_view source, std::string_view destination,
                 std::initializer_list<std::string_view> services) {
    ServiceSet terms;
    for (const std::string_view text : services) terms.push_back(parse_service(text).term.value());
    return add(action, source, destination, terms);
  }
  MatchRule& add(Action action, std::string_view source, std::string_view destination,
                 const ServiceSet& services) {
    services_.push_back(services);
    rules_.push_back({{family_, addresses(source), addresses(destination), &services_.back()}, action});
    return rules_.back();
  }
  MatchRule& permit(std::string_view source, std::string_view destination,
                    std::initializer_list<std::string_view> services) {
    return add(Action::permit, source, destination, services);
  }
  MatchRule& deny(std::string_view source, std::string_view destination,
                  std::initializer_list<std::string_view> services) {
    return add(Action::deny, source, destination, services);
  }

  [[nodiscard]] const std::vector<MatchRule>& list() const { return rules_; }

 private:
  const AddressSet* addresses(std::string_view text) {
    if (text == "any") {
      addresses_.push_back(AddressSet::all(family_));
    } else if (const auto address = parse_address(text)) {
      addresses_.emplace_back(*address);
    } else {
      addresses_.emplace_back(parse_prefix(text).value());
    }
    return &addresses_.back();
  }

  Family family_;
  std::deque<AddressSet> addresses_;
  std::deque<ServiceSet> services_;
  std::vector<MatchRule> rules_;
};

// `tcp/80` with flags, and so on: a packet between two addresses.
inline Packet packet(std::string_view source, std::string_view destination, std::string_view service) {
  const ServiceTerm term = parse_service(service).term.value();
  Packet packet;
  packet.family = parse_address(source)->family;
  packet.source = parse_address(source)->bits;
  packet.destination = parse_address(destination)->bits;
  packet.protocol = term.protocol.value();
  if (has_ports(packet.protocol)) packet.destination_port = term.destination.first;
  packet.icmp_type = term.icmp_type.value_or(0);
  packet.icmp_code = term.icmp_code.value_or(0);
  return packet;
}

}  // namespace cordon::packet::testing

#endif  // TESTS_UNIT_PACKET_RULES_H
