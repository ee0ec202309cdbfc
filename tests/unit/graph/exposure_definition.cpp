// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "exposure_definition.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "paths.h"
#include "tests/support/policy_builder.h"

namespace cordon::graph::testing {
namespace {

constexpr std::uint32_t addresses_each = 8;

std::string v4(std::uint32_t network, std::uint32_t host) { return fmt::format("10.{}.0.{}", network, host); }
std::string v6(std::uint32_t network, std::uint32_t host) {
  return fmt::format("fd00:{}::{}", network, host);
}

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  ir::Policy make() {
    networks_ = 2 + random_.below(4);
    for (std::uint32_t i = 0; i < networks_; ++i) {
      std::vector<std::string> prefixes;
      if (random_.chance(85)) prefixes.push_back(v4(i, 0) + "/29");
      if (prefixes.empty() || random_.chance(60)) prefixes.push_back(v6(i, 0) + "/125");
      builder_.network(fmt::format("n{}", i), prefixes);
    }
    for (std::uint32_t i = 0; i < networks_;) {
      std::vector<std::string> names{fmt::format("n{}", i++)};
      if (i < networks_ && random_.chance(30)) names.push_back(fmt::format("n{}", i++));
      builder_.zone(fmt::format("z{}", zones_++), names, random_.chance(60));
    }
    add_devices();
    add_hosts();
    builder_.settle();
    const std::uint32_t flows = random_.below(8);
    for (std::uint32_t i = 0; i < flows; ++i)
      builder_.flow(fmt::format("c{}", random_.below(3)), end(), end(), {service()});
    return std::move(builder_.policy());
  }

 private:
  [[nodiscard]] bool has(std::uint32_t network, ir::Family family) {
    return std::ranges::any_of(builder_.policy().networks[ir::NetworkId{network}].prefixes,
                               [&](const packet::Prefix& prefix) { return prefix.family() == family; });
  }

  void add_devices() {
    for (std::uint32_t i = 0; i < 2; ++i) {
      builder_.device(fmt::format("d{}", i), "stateful");
      const std::uint32_t network = random_.below(networks_);
      std::vector<std::string> own;
      if (has(network, ir::Family::ipv4)) own.push_back(v4(network, i + 1));
      if (has(network, ir::Family::ipv6) && (own.empty() || random_.chance(50)))
        own.push_back(v6(network, i + 1));
      builder_.interface(fmt::format("d{}", i), "port", fmt::format("n{}", network), own);
    }
  }

  void add_hosts() {
    for (std::uint32_t network = 0; network < networks_; ++network) {
      for (std::uint32_t i = 3; i < addresses_each; ++i) {
        if (random_.chance(50)) continue;
        ir::Host host;
        host.name = fmt::format("h{}-{}", network, i);
        host.network = ir::NetworkId{network};
        if (has(network, ir::Family::ipv4)) host.ipv4 = packet::parse_address(v4(network, i));
        if (has(network, ir::Family::ipv6) && (!host.ipv4 || random_.chance(70)))
          host.ipv6 = packet::parse_address(v6(network, i == 3 ? addresses_each - 1 : i - 1));
        builder_.policy().hosts.push_back(std::move(host));
      }
    }
  }

  std::vector<std::string> end() {
    if (random_.chance(10)) return {fmt::format("device:d{}", random_.below(2))};
    std::vector<std::string> ends;
    const std::uint32_t count = random_.chance(70) ? 1 : 2 + random_.below(2);
    while (ends.size() < count) add(ends);
    return ends;
  }

  void add(std::vector<std::string>& ends) {
    const std::uint32_t kind = random_.below(100), network = random_.below(networks_);
    const bool old =
        has(network, ir::Family::ipv4) && (!has(network, ir::Family::ipv6) || random_.chance(50));
    if (kind < 15) {
      ends.push_back(fmt::format("z{}", random_.below(zones_)));
    } else if (kind < 30) {
      ends.push_back(fmt::format("n{}", network));
    } else if (kind < 45) {
      const std::uint32_t first = random_.below(2) * 4;
      ends.push_back(old ? v4(network, first) + "/30" : v6(network, first) + "/126");
    } else if (kind < 75 || builder_.policy().hosts.empty()) {
      ends.push_back(old ? v4(network, random_.below(addresses_each))
                         : v6(network, random_.below(addresses_each)));
    } else {
      const auto pick = static_cast<std::uint32_t>(random_.below(builder_.policy().hosts.size()));
      const ir::Host& host = builder_.policy().hosts[ir::HostId{pick}];
      if (host.ipv4) ends.push_back(packet::to_string(*host.ipv4));
      if (host.ipv6) ends.push_back(packet::to_string(*host.ipv6));
    }
  }

  std::string service() {
    if (random_.chance(10)) return "icmp/echo-request";
    return random_.chance(10) ? "icmpv6/128" : "tcp/443";
  }

  Random random_;
  test::PolicyBuilder builder_;
  std::uint32_t networks_ = 0, zones_ = 0;
};

std::vector<ir::Address> all_of(const packet::AddressSet& set) {
  std::vector<ir::Address> found;
  for (const packet::AddressRange& range : set.ranges()) {
    for (packet::Bits bits = range.first; bits <= range.last; ++bits)
      found.push_back({.family = set.family(), .bits = bits});
  }
  return found;
}

}  // namespace

ir::Policy random_exposure(std::uint64_t seed) { return Maker(seed).make(); }

ExposureDefinition::ExposureDefinition(const ir::Policy& policy) : policy_(policy) {
  for (const ir::Zone& zone : policy.zones) add_zone(zone);
  for (const ir::DeviceId id : policy.devices.ids()) {
    Party party;
    for (const ir::Interface& interface : policy.devices[id].interfaces) {
      if (interface.ipv4) party.insert(*interface.ipv4);
      if (interface.ipv6) party.insert(*interface.ipv6);
    }
    if (party.empty()) continue;
    devices_[id] = parties_.size();
    parties_.push_back(std::move(party));
  }
}

// A device's own address is meant by nothing that means a whole network.
bool ExposureDefinition::holds(const ir::Endpoint& endpoint, const ir::Address& address) const {
  const bool own = policy_.device_addresses.of(address.family).contains(address);
  return std::ranges::any_of(endpoint.pieces, [&](const ir::Piece& piece) {
    return piece.addresses.of(address.family).contains(address) && !(own && piece.whole);
  });
}

// The addresses of a declared host, and every other address of the zone by itself.
std::vector<ExposureDefinition::Party> ExposureDefinition::machines(const ir::Zone& zone) const {
  std::vector<Party> found;
  std::set<ir::Address> seen;
  for (const ir::Host& host : policy_.hosts) {
    if (std::ranges::find(zone.networks, host.network) == zone.networks.end()) continue;
    Party machine;
    if (host.ipv4) machine.insert(*host.ipv4);
    if (host.ipv6) machine.insert(*host.ipv6);
    seen.insert(machine.begin(), machine.end());
    found.push_back(std::move(machine));
  }
  for (const ir::NetworkId network : zone.networks) {
    for (const ir::Family family : packet::families) {
      for (const ir::Address& address : all_of(policy_.networks[network].addresses.of(family))) {
        if (!policy_.device_addresses.of(family).contains(address) && seen.insert(address).second)
          found.push_back({address});
      }
    }
  }
  return found;
}

void ExposureDefinition::add_zone(const ir::Zone& zone) {
  std::map<std::set<ir::EndpointId>, Party> by_endpoints;
  for (const Party& machine : machines(zone)) {
    std::set<ir::EndpointId> endpoints;
    for (const ir::EndpointId id : policy_.endpoints.ids()) {
      const bool met = std::ranges::any_of(
          machine, [&](const ir::Address& address) { return holds(policy_.endpoints[id], address); });
      if (met && zone.isolate) endpoints.insert(id);
    }
    by_endpoints[endpoints].insert(machine.begin(), machine.end());
  }
  for (auto& [endpoints, party] : by_endpoints) parties_.push_back(std::move(party));
}

std::set<std::size_t> ExposureDefinition::met_by(const ir::Endpoint& endpoint, ir::Family family) const {
  std::set<std::size_t> met;
  for (std::size_t i = 0; i < parties_.size(); ++i) {
    const bool device =
        endpoint.device.valid() && devices_.contains(endpoint.device) && devices_.at(endpoint.device) == i;
    for (const ir::Address& address : parties_[i]) {
      if (address.family == family && (device || holds(endpoint, address))) met.insert(i);
    }
  }
  return met;
}

std::set<ir::FlowId> ExposureDefinition::flows(std::size_t from, std::size_t to) const {
  std::set<ir::FlowId> found;
  for (const ir::ConduitId id : policy_.conduits.ids()) {
    for (std::uint32_t i = 0; i < policy_.conduits[id].flows.size(); ++i) {
      const ir::Flow& flow = policy_.conduits[id].flows[i];
      for (const ir::Family family : packet::families) {
        if (in_family(policy_.service_lists[flow.services].terms, family).empty()) continue;
        if (met_by(policy_.endpoints[flow.from], family).contains(from) &&
            met_by(policy_.endpoints[flow.to], family).contains(to))
          found.insert({.conduit = id, .index = i});
      }
    }
  }
  return found;
}

}  // namespace cordon::graph::testing
