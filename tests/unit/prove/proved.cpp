// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/prove/proved.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

namespace cordon::prove::testing {
namespace {

using packet::AddressSet;
using packet::Family;

std::optional<Family> family_of(const std::string& text) {
  if (text == "any") return std::nullopt;
  return text.find(':') == std::string::npos ? Family::ipv4 : Family::ipv6;
}

AddressSet set_of(const std::string& text, Family family) {
  if (text == "any") return AddressSet::all(family);
  if (const auto address = packet::parse_address(text)) return AddressSet(*address);
  return AddressSet(packet::parse_prefix(text).value());
}

std::uint8_t states_of(const std::string& text) {
  if (text == "new") return static_cast<std::uint8_t>(packet::State::fresh);
  if (text == "established") return static_cast<std::uint8_t>(packet::State::established);
  if (text == "related") return static_cast<std::uint8_t>(packet::State::related);
  return packet::any_state;
}

}  // namespace

Proved::Proved(test::PolicyBuilder& builder) : policy_(builder.policy()) {
  for (const ir::DeviceId id : policy_.devices.ids()) {
    const ir::Device& device = policy_.devices[id];
    if (!device.configured()) continue;
    config::Reading& reading = readings_.emplace_back();
    reading.device.name = device.name;
    for (const ir::Interface& interface : device.interfaces) {
      config::Interface read;
      read.name = interface.name;
      read.port = interface.port;
      reading.device.interfaces.push_back(std::move(read));
    }
    devices_.push_back(
        {.device = id, .reading = &reading, .capabilities = &test::capabilities_named(device.platform)});
  }
}

config::Reading& Proved::reading(const std::string& name) {
  for (config::Reading& reading : readings_) {
    if (reading.device.name == name) return reading;
  }
  throw std::invalid_argument(name);
}

config::Device& Proved::device(const std::string& name) { return reading(name).device; }

Proved& Proved::filter(const std::string& name, const std::string& place,
                       const std::vector<std::string>& rules) {
  config::Device& device = this->device(name);
  const auto read = std::ranges::find_if(
      devices_, [&](const ReadDevice& item) { return item.reading->device.name == name; });
  const bool tracks = read->capabilities->state == config::StateTracking::full;
  const bool states = std::ranges::any_of(rules, [](const std::string& rule) {
    return rule.ends_with(" established") || rule.ends_with(" new") || rule.ends_with(" related");
  });
  config::Filter filter{.name = name + place, .rules = {}, .stateful = tracks && !states};
  for (const std::string& rule : rules) add_rule(device, filter, rule);
  const config::FilterId id = device.filters.push_back(std::move(filter));
  if (place == "own") {
    device.bindings.push_back({.stage = config::Stage::own, .interface = {}, .filter = id});
    return *this;
  }
  const std::string interface = place.substr(0, place.find(' ')), side = place.substr(place.find(' ') + 1);
  for (const config::InterfaceId at : device.interfaces.ids()) {
    if (device.interfaces[at].name != interface) continue;
    const config::Stage stage = side == "in"    ? config::Stage::interface_in
                                : side == "out" ? config::Stage::interface_out
                                                : config::Stage::own;
    device.bindings.push_back({.stage = stage, .interface = at, .filter = id});
    if (side == "in" && read->capabilities->filter_sees_own == config::Support::yes)
      device.bindings.push_back({.stage = config::Stage::own, .interface = at, .filter = id});
  }
  return *this;
}

void Proved::add_rule(config::Device& device, config::Filter& filter, const std::string& text) {
  std::istringstream words(text);
  std::string action, source, arrow, destination, service, state;
  words >> action >> source >> arrow >> destination >> service >> state;
  packet::ServiceSet services{packet::ServiceTerm{}};
  if (!service.empty()) services = {packet::parse_service(service).term.value()};
  if (state == "reply") services = packet::reply_of(services);
  const std::optional<Family> told = family_of(source) ? family_of(source) : family_of(destination);
  for (const Family family : packet::families) {
    if (told && *told != family) continue;
    const packet::ServiceSet terms = packet::in_family(services, family);
    if (terms.empty()) continue;
    config::Rule rule;
    rule.action = action == "permit" ? packet::Action::permit : packet::Action::deny;
    rule.family = family;
    rule.source = device.addresses.push_back({.addresses = set_of(source, family), .label = {}});
    rule.destination = device.addresses.push_back({.addresses = set_of(destination, family), .label = {}});
    rule.services = device.services.push_back({.terms = terms, .label = {}});
    rule.states = states_of(state);
    filter.rules.push_back(rule);
  }
}

Proof Proved::proof(packet::Budget budget) const {
  return prove_end_to_end(policy_, devices_, {.budget = budget, .jobs = 1});
}

std::string Proved::broken(packet::Budget budget) const {
  const Proof result = proof(budget);
  std::string text;
  for (const Violation& violation : result.violations) {
    text += (text.empty() ? "" : "; ") + std::string(to_string(violation.obligation));
    if (violation.device.valid()) text += ' ' + policy_.devices[violation.device].name;
    if (!violation.place.empty()) text += ' ' + violation.place;
  }
  if (!result.undecided.empty()) text += text.empty() ? "undecided" : "; undecided";
  return text;
}

std::string Proved::witness() const {
  const Proof result = proof();
  for (const Violation& violation : result.violations) {
    if (violation.witness) return packet::to_string(*violation.witness);
  }
  return {};
}

}  // namespace cordon::prove::testing
