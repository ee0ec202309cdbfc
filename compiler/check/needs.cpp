// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/needs.h"

#include <algorithm>
#include <span>

#include "compiler/ir/endpoint_addresses.h"

namespace cordon::check {
namespace {

struct KnownPort {
  std::uint8_t protocol;
  std::uint16_t port;
};

// IANA Service Name and Transport Protocol Port Number Registry; 1645 and 1646 are RADIUS before RFC 2865.
constexpr KnownPort names_ports[] = {{17, 53}, {6, 853}};
constexpr KnownPort time_ports[] = {{17, 123}};
constexpr KnownPort log_ports[] = {{17, 514}, {6, 514}, {6, 601}, {6, 6514}, {17, 6514}};
constexpr KnownPort directory_ports[] = {{6, 389},  {17, 389}, {6, 636}, {6, 3268},
                                         {6, 3269}, {6, 88},   {17, 88}};
constexpr KnownPort radius_ports[] = {{17, 1812}, {17, 1813}, {17, 1645}, {17, 1646}, {6, 2083}, {17, 2083}};

std::span<const KnownPort> ports_of(Need need) {
  switch (need) {
    case Need::names:
      return names_ports;
    case Need::time:
      return time_ports;
    case Need::logs:
      return log_ports;
    case Need::directory:
      return directory_ports;
    case Need::radius:
      return radius_ports;
  }
  return {};
}

bool holds(const packet::ServiceTerm& term, Need need) {
  return std::ranges::any_of(ports_of(need), [&](const KnownPort& known) {
    return (!term.protocol || *term.protocol == known.protocol) && term.destination.first <= known.port &&
           known.port <= term.destination.last;
  });
}

}  // namespace

bool serves(const packet::ServiceSet& services, Need need) {
  return std::ranges::any_of(services, [&](const packet::ServiceTerm& term) { return holds(term, need); });
}

packet::ServiceSet terms_about(const packet::ServiceSet& services, Need need) {
  constexpr int few = 16;
  packet::ServiceSet about;
  for (const packet::ServiceTerm& term : services) {
    const bool narrow = term.protocol && term.destination.last - term.destination.first < few;
    if (narrow && holds(term, need)) about.push_back(term);
  }
  return about;
}

std::string_view port_of(Need need) {
  switch (need) {
    case Need::names:
      return "udp/53";
    case Need::time:
      return "udp/123";
    case Need::logs:
      return "tcp/6514";
    case Need::directory:
      return "tcp/636";
    case Need::radius:
      return "udp/1812";
  }
  return {};
}

bool zone_has(const Context& context, ir::ZoneId zone, Need need) {
  return std::ranges::any_of(context.flows_from(zone), [&](std::uint32_t position) {
    return serves(*context.flow(position).services, need);
  });
}

std::vector<ir::DeviceId> devices_without(const Context& context, Need need) {
  const ir::Policy& policy = context.policy();
  std::vector<bool> given(policy.devices.size());
  for (const FlowFact& fact : context.flows()) {
    if (fact.from->device.valid() && serves(*fact.services, need)) given[fact.from->device.value] = true;
  }
  std::vector<ir::DeviceId> without;
  for (const ir::DeviceId id : policy.devices.ids()) {
    const ir::Device& device = policy.devices[id];
    if (device.configured() && !given[id.value] && !ir::own_addresses(device).empty()) without.push_back(id);
  }
  return without;
}

std::string element_of_devices(const ir::Policy& policy, const std::vector<ir::DeviceId>& devices) {
  std::string element = "device:";
  for (const ir::DeviceId id : devices)
    element += (id == devices.front() ? "" : ",") + policy.devices[id].name;
  return element;
}

}  // namespace cordon::check
