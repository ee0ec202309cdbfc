// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "planned.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "compiler/packet/naive.h"
#include "tests/support/random_policy.h"
#include "tests/support/simulator.h"

namespace cordon::plan::testing {
namespace {

constexpr std::uint64_t seeds = 4;
constexpr std::size_t packets_each = 400;

std::string text_of(const packet::AddressSet& set) {
  if (set.is_all()) return "any";
  std::string text;
  for (const packet::Prefix& prefix : set.prefixes()) {
    const bool host = prefix.length == packet::width(set.family());
    text +=
        (text.empty() ? "" : ",") + (host ? packet::to_string(prefix.address) : packet::to_string(prefix));
  }
  return text;
}

bool is_asked_for(config::Role role) {
  return role == config::Role::flow || role == config::Role::zone || role == config::Role::reply;
}

bool between_zones(const ir::Policy& policy, const test::Intent& intent, const packet::Packet& packet) {
  return std::ranges::all_of(std::array{packet.source, packet.destination}, [&](packet::Bits bits) {
    const ir::NetworkId network = intent.network_of({packet.family, bits});
    return network.valid() && policy.networks[network].zone.valid();
  });
}

const config::Filter* filter_at(const config::Device& device, std::string_view where) {
  for (const config::Binding& binding : device.bindings) {
    std::string name = "own";
    if (binding.interface.valid()) {
      const bool own = binding.stage == config::Stage::own;
      name = device.interfaces[binding.interface].name + (own ? " own"
                                                          : binding.stage == config::Stage::interface_in
                                                              ? " in"
                                                              : " out");
    }
    if (name == where) return &device.filters[binding.filter];
  }
  return nullptr;
}

bool denies_the_rest(const config::Device& device, const config::Rule& rule) {
  return rule.action == packet::Action::deny && rule.role == config::Role::default_deny && rule.log &&
         device.addresses[rule.source].addresses.is_all() &&
         device.addresses[rule.destination].addresses.is_all() &&
         packet::to_string(device.services[rule.services].terms) == "any" &&
         rule.states == packet::any_state && rule.fragments == packet::any_fragment;
}

// The last rule of each family is the denial.
bool is_closed(const config::Device& device, const config::Filter& filter) {
  return std::ranges::all_of(packet::families, [&](packet::Family family) {
    const auto last = std::find_if(filter.rules.rbegin(), filter.rules.rend(),
                                   [&](const config::Rule& rule) { return rule.family == family; });
    return last != filter.rules.rend() && denies_the_rest(device, *last);
  });
}

}  // namespace

Planned::Planned(test::PolicyBuilder& builder) : policy(std::move(builder.policy())) {
  plan = plan::plan(policy, test::capabilities_of(policy), diagnostics);
}

std::string Planned::messages() const {
  std::string text;
  for (const diagnostics::Diagnostic& each : diagnostics.all()) {
    if (!text.empty()) text += '\n';
    text += std::string(diagnostics::info(each.kind).code) + ' ' + each.message;
  }
  return text;
}

std::string Planned::whole_message() const {
  if (diagnostics.all().empty()) return {};
  const diagnostics::Diagnostic& first = diagnostics.all().front();
  std::string text = first.message;
  for (const diagnostics::Label& label : first.labels) text += '\n' + label.text;
  for (const std::string& note : first.notes) text += '\n' + note;
  for (const std::string& help : first.helps) text += '\n' + help;
  return text;
}

const config::Device& Planned::device(std::string_view name) const {
  const auto found = std::ranges::find(plan.devices, name, &config::Device::name);
  if (found == plan.devices.end()) throw std::invalid_argument("no such device in the plan");
  return *found;
}

std::string Planned::rules(std::string_view name, std::string_view where, packet::Family family) const {
  const config::Device& device = this->device(name);
  const config::Filter* filter = filter_at(device, where);
  if (filter == nullptr) return "no filter";
  std::string text;
  for (const config::Rule& rule : filter->rules) {
    if (rule.family != family || !is_asked_for(rule.role)) continue;
    if (rule.role == config::Role::zone && rule.source == rule.destination) continue;
    if (!text.empty()) text += "; ";
    text += std::string(to_string(rule.role)) + ' ' + text_of(device.addresses[rule.source].addresses) +
            " > " + text_of(device.addresses[rule.destination].addresses) + ' ' +
            packet::to_string(device.services[rule.services].terms);
  }
  return text;
}

bool Planned::has_role(std::string_view name, std::string_view where, config::Role role) const {
  const config::Filter* filter = filter_at(device(name), where);
  return filter != nullptr &&
         std::ranges::find(filter->rules, role, &config::Rule::role) != filter->rules.end();
}

bool Planned::admits(std::string_view name, std::string_view where, const packet::Packet& packet) const {
  const config::Device& device = this->device(name);
  const config::Filter* filter = filter_at(device, where);
  if (filter == nullptr) throw std::invalid_argument("no filter there");
  std::vector<packet::MatchRule> rules;
  for (const config::Rule& rule : filter->rules) rules.push_back(config::to_match(device, rule));
  return packet::evaluate(rules, packet) == packet::Action::permit;
}

std::string Planned::fault(std::string_view but) const {
  std::vector<config::Device> devices = plan.devices;
  std::erase_if(devices, [&](const config::Device& device) { return device.name == but; });
  const test::Simulator simulator(policy, devices);
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    for (const packet::Packet& packet : test::random_packets(policy, seed, packets_each)) {
      std::string found = simulator.judge(packet);
      if (!found.empty()) return found;
    }
  }
  return {};
}

std::string Planned::path_fault() const {
  const test::Simulator simulator(policy, plan.devices);
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    for (const packet::Packet& packet : test::random_packets(policy, seed, packets_each)) {
      if (!between_zones(policy, simulator.intent(), packet)) continue;
      std::string found = simulator.walk(packet);
      if (!found.empty()) return found;
    }
  }
  return {};
}

std::string Planned::open_end() const {
  for (const config::Device& device : plan.devices) {
    for (const config::Filter& filter : device.filters) {
      if (!is_closed(device, filter)) return device.name + ' ' + filter.name;
    }
  }
  return {};
}

packet::Packet packet(std::string_view service, std::string_view from, std::string_view to) {
  const packet::ServiceTerm term = packet::parse_service(service).term.value();
  const packet::Address source = packet::parse_address(from).value(),
                        destination = packet::parse_address(to).value();
  packet::Packet packet;
  packet.family = source.family;
  packet.source = source.bits;
  packet.destination = destination.bits;
  packet.protocol = term.protocol.value();
  packet.icmp_type = term.icmp_type.value_or(0);
  if (packet::has_ports(packet.protocol)) {
    packet.source_port = 40000;
    packet.destination_port = term.destination.first;
  }
  if (packet.protocol == packet::protocol::tcp) packet.tcp_flags = 2;  // SYN
  return packet;
}

packet::Packet reply(packet::Packet packet) {
  std::swap(packet.source, packet.destination);
  std::swap(packet.source_port, packet.destination_port);
  if (packet.protocol == packet::protocol::tcp) packet.tcp_flags = 16;  // ACK
  return packet;
}

}  // namespace cordon::plan::testing
