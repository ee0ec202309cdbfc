// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a policy means, worked out the slow way: packets walk over every simple path, hop by hop, and
// each filter is asked rule by rule. Shares nothing with the planner but the policy and the plan.
#ifndef TESTS_SUPPORT_SIMULATOR_H
#define TESTS_SUPPORT_SIMULATOR_H

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/config/capabilities.h"
#include "compiler/config/device.h"
#include "compiler/ir/policy.h"
#include "compiler/packet/match.h"

namespace cordon::test {

// Who may talk to whom, packet by packet.
class Intent {
 public:
  explicit Intent(const ir::Policy& policy);

  [[nodiscard]] bool opens(const packet::Packet& packet) const;
  [[nodiscard]] bool replies(const packet::Packet& packet) const;
  [[nodiscard]] bool is_own(packet::Address address) const;
  [[nodiscard]] ir::NetworkId network_of(packet::Address address) const;  // invalid: nowhere

  // One address for each network and each device's address of the endpoint.
  [[nodiscard]] std::vector<packet::Address> representatives(ir::EndpointId id, packet::Family family) const;
  [[nodiscard]] bool contains(ir::EndpointId id, packet::Address address) const;
  [[nodiscard]] bool in_one_zone(packet::Address a, packet::Address b) const;
  [[nodiscard]] const packet::ServiceSet& services(ir::ServiceListId id, packet::Family family) const {
    return services_[std::size_t{id.value} * 2 + static_cast<std::size_t>(family)];
  }
  [[nodiscard]] const packet::ServiceSet& replies(ir::ServiceListId id, packet::Family family) const {
    return replies_[std::size_t{id.value} * 2 + static_cast<std::size_t>(family)];
  }

 private:
  const ir::Policy& policy_;
  std::vector<packet::ServiceSet> services_, replies_;  // of each list, in each family
};

struct Hop {
  std::uint32_t vertex = 0;
  std::uint32_t in = 0, out = 0;  // edges
};
using Path = std::vector<Hop>;

class Simulator {
 public:
  using CapabilitiesOf = std::function<const config::Capabilities*(ir::DeviceId)>;

  // Platforms of the tests.
  Simulator(const ir::Policy& policy, const std::vector<config::Device>& devices);
  Simulator(const ir::Policy& policy, const std::vector<config::Device>& devices,
            CapabilitiesOf capabilities);

  // The first filter, if any, that does not admit exactly what it should for the packet: in words.
  [[nodiscard]] std::string judge(const packet::Packet& packet) const;

  // The first path, if any, on which an intended packet, its reply, or an error about it is lost, or on
  // which a packet gets through that should not: in words.
  [[nodiscard]] std::string walk(const packet::Packet& packet) const;

  [[nodiscard]] const Intent& intent() const { return intent_; }
  [[nodiscard]] std::vector<Path> paths(packet::Address from, packet::Address to) const;

 private:
  struct Edge {
    std::uint32_t vertex = 0;
    ir::NetworkId network;
    std::uint32_t device = 0, interface = 0;
  };
  struct Place {  // a network, or a device itself
    ir::NetworkId network;
    std::optional<std::uint32_t> self;
    friend auto operator<=>(const Place&, const Place&) = default;
  };
  struct Carry {
    bool forwarded = false, self = false;
    bool arrived = false;  // for the device itself, by another gateway of a host network
  };

  [[nodiscard]] bool transit(ir::NetworkId id) const;
  [[nodiscard]] std::vector<Place> places(packet::Address address) const;
  [[nodiscard]] std::vector<std::uint32_t> devices_at(const Place& place) const;
  [[nodiscard]] const std::set<std::uint32_t>& between(const Place& from, const Place& to) const;
  void spread(std::uint32_t at, std::uint32_t goal, std::vector<bool>& vertices,
              std::set<ir::NetworkId>& networks, std::vector<std::uint32_t>& trail,
              std::set<std::uint32_t>& edges) const;
  [[nodiscard]] bool source_side(std::uint32_t edge, const Place& from, const Place& to) const;
  [[nodiscard]] bool target_side(std::uint32_t edge, const Place& from, const Place& to) const;
  [[nodiscard]] Carry carries(std::uint32_t edge, bool leaving, const Place& from, const Place& to) const;
  [[nodiscard]] Carry carries(std::uint32_t edge, bool leaving, packet::Address from,
                              packet::Address to) const;
  [[nodiscard]] bool arrives(std::uint32_t edge, packet::Address from, packet::Address to) const;
  [[nodiscard]] bool real_own(std::uint32_t vertex, packet::Address address) const;

  [[nodiscard]] bool passes(std::uint32_t edge, bool leaving, const packet::Packet& packet) const;
  [[nodiscard]] bool goes_through(const Path& path, const packet::Packet& packet, bool& remembered) const;
  [[nodiscard]] bool comes_back(const Path& path, const packet::Packet& reply) const;
  [[nodiscard]] std::vector<packet::Address> partners(packet::Address target) const;
  [[nodiscard]] bool intended(const packet::Packet& packet, bool stateless) const;
  [[nodiscard]] Carry error_target(std::uint32_t edge, bool leaving, packet::Address target) const;
  [[nodiscard]] bool expected(std::uint32_t edge, bool leaving, const packet::Packet& packet) const;
  [[nodiscard]] bool expected_own(std::uint32_t device, const packet::Packet& packet) const;
  [[nodiscard]] bool expected_own_at(std::uint32_t edge, const packet::Packet& packet) const;
  [[nodiscard]] bool from_behind(std::uint32_t edge, packet::Address source) const;
  [[nodiscard]] std::uint32_t edge_of(ir::DeviceId device, config::InterfaceId interface) const;
  [[nodiscard]] bool admits(const config::Device& device, config::FilterId filter,
                            const packet::Packet& packet) const;
  [[nodiscard]] std::string verdict(const config::Device& device, config::FilterId filter, bool wanted,
                                    const packet::Packet& packet) const;
  [[nodiscard]] std::string judge_guards(ir::DeviceId id, const packet::Packet& packet) const;
  [[nodiscard]] const config::Device* config_of(std::uint32_t device) const;
  [[nodiscard]] std::optional<config::FilterId> filter_at(std::uint32_t edge, bool leaving) const;
  [[nodiscard]] bool is_stateful(std::uint32_t edge) const;
  void extend(Path& path, std::uint32_t in, const std::set<ir::NetworkId>& goals,
              std::optional<std::uint32_t> self, std::vector<bool>& vertices,
              std::set<ir::NetworkId>& networks, std::vector<Path>& found) const;

  const ir::Policy& policy_;
  const std::vector<config::Device>& devices_;
  CapabilitiesOf capabilities_;
  Intent intent_;
  std::vector<Edge> edges_;
  std::vector<std::uint32_t> vertex_device_;
  std::vector<std::vector<std::uint32_t>> vertex_edges_;
  std::vector<std::vector<std::uint32_t>> network_edges_;
  mutable std::map<std::pair<Place, Place>, std::set<std::uint32_t>> between_;
  mutable std::map<std::pair<const config::Device*, config::FilterId>, std::vector<packet::MatchRule>> rules_;
};

}  // namespace cordon::test

#endif  // TESTS_SUPPORT_SIMULATOR_H
