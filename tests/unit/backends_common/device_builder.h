// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Builds devices by hand for tests of platforms: sets and services from the text forms.
#ifndef TESTS_UNIT_BACKENDS_COMMON_DEVICE_BUILDER_H
#define TESTS_UNIT_BACKENDS_COMMON_DEVICE_BUILDER_H

#include <initializer_list>
#include <regex>
#include <string>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

#include "compiler/config/device.h"
#include "compiler/diagnostics/diagnostics.h"

namespace cordon::test {

using config::Action;
using config::AddressSetId;
using config::Family;
using config::FilterId;
using config::InterfaceId;
using config::OriginId;
using config::Role;
using config::Rule;
using config::ServiceSetId;
using config::Stage;

inline packet::Prefix prefix(std::string_view text) {
  if (text.find('/') != std::string_view::npos) return packet::parse_prefix(text).value();
  const packet::Address address = packet::parse_address(text).value();
  return {address, static_cast<std::uint8_t>(packet::width(address.family))};
}

inline packet::AddressSet set_of(std::initializer_list<std::string_view> texts) {
  packet::AddressSet set(prefix(*texts.begin()));
  for (const std::string_view text : texts) set = packet::unite(set, packet::AddressSet(prefix(text)));
  return set;
}

inline packet::ServiceTerm term(std::string_view text) {
  const packet::ServiceParse parsed = packet::parse_service(text);
  REQUIRE_MESSAGE(parsed.term.has_value(), parsed.error);
  return *parsed.term;
}

inline packet::ServiceTerm established(std::string_view text) {
  packet::ServiceTerm found = term(text);
  found.flags = packet::established_flags();
  return found;
}

class DeviceBuilder {
 public:
  explicit DeviceBuilder(std::string name, bool stateful) : stateful_(stateful) {
    device.name = std::move(name);
  }

  AddressSetId addresses(std::string label, packet::AddressSet set) {
    return device.addresses.push_back({std::move(set), std::move(label)});
  }
  AddressSetId addresses(std::string label, std::initializer_list<std::string_view> texts) {
    return addresses(std::move(label), set_of(texts));
  }
  AddressSetId any(Family family) { return addresses("any", packet::AddressSet::all(family)); }
  ServiceSetId services(std::string label, packet::ServiceSet terms) {
    return device.services.push_back({std::move(terms), std::move(label)});
  }
  ServiceSetId services(std::string label, std::initializer_list<std::string_view> texts) {
    packet::ServiceSet terms;
    for (const std::string_view text : texts) terms.push_back(term(text));
    return services(std::move(label), std::move(terms));
  }
  OriginId origin(std::string label) {
    return device.origins.push_back({.label = std::move(label), .note = {}, .range = {}});
  }

  InterfaceId interface(std::string name, std::string port, std::string_view ipv4,
                        std::string_view ipv6 = {}) {
    config::Interface made;
    made.name = std::move(name);
    made.port = std::move(port);
    if (!ipv4.empty()) made.ipv4 = packet::parse_prefix(ipv4).value();
    if (!ipv6.empty()) made.ipv6 = packet::parse_prefix(ipv6).value();
    made.leaf = true;
    return device.interfaces.push_back(std::move(made));
  }

  FilterId filter(std::string name, Stage stage, InterfaceId interface) {
    const FilterId id =
        device.filters.push_back({.name = std::move(name), .rules = {}, .stateful = stateful_});
    device.bindings.push_back({.stage = stage, .interface = interface, .filter = id});
    return id;
  }

  Rule& rule(FilterId filter, Action action, AddressSetId source, AddressSetId destination,
             ServiceSetId services, OriginId origin = {}, Role role = Role::flow) {
    Rule made;
    made.action = action;
    made.family = device.addresses[source].addresses.family();
    made.role = role;
    made.source = source;
    made.destination = destination;
    made.services = services;
    if (stateful_) made.states = static_cast<std::uint8_t>(packet::State::fresh);
    made.origin = origin;
    return device.filters[filter].rules.emplace_back(made);
  }

  // The last two rules of every filter.
  void deny_rest(FilterId filter) {
    for (const Family family : packet::families) {
      rule(filter, Action::deny, any(family), any(family), services("any", {"any"}), {}, Role::default_deny)
          .log = true;
    }
  }

  config::Device device;

 private:
  bool stateful_;
};

// Codes and messages, one a line.
inline std::string messages(const diagnostics::Diagnostics& diagnostics) {
  std::string text;
  for (const diagnostics::Diagnostic& diagnostic : diagnostics.all()) {
    text += std::string(diagnostics::info(diagnostic.kind).code) + " " + diagnostic.message + "\n";
  }
  return text;
}

// A configuration whose names end before the digits of their content, so that it can be read.
inline std::string without_versions(const std::string& text) {
  static const std::regex digits("-[0-9a-f]{8}(?![0-9A-Za-z_-])");
  return std::regex_replace(text, digits, "");
}

}  // namespace cordon::test

#endif  // TESTS_UNIT_BACKENDS_COMMON_DEVICE_BUILDER_H
