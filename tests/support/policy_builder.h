// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Small policies for tests, without files: names instead of ids, text instead of sets.
#ifndef TESTS_SUPPORT_POLICY_BUILDER_H
#define TESTS_SUPPORT_POLICY_BUILDER_H

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/config/capabilities.h"
#include "compiler/ir/policy.h"

namespace cordon::test {

// `stateful` (own guard), `stateful-twice` (a guard behind interface filters), `stateless` (filters see
// packets to the device, and it switches), `stateless-guard` (no memory, own guard), `plain` (stateful,
// nothing of layer 2 or redundancy, filters on input only).
const config::Capabilities& capabilities_named(std::string_view platform);
std::function<const config::Capabilities*(ir::DeviceId)> capabilities_of(const ir::Policy& policy);

class PolicyBuilder {
 public:
  // Prefixes of both families, or `any4`, `any6`. Returned references are for setting what else is needed.
  ir::Network& network(std::string name, const std::vector<std::string>& prefixes);
  ir::Zone& zone(std::string name, const std::vector<std::string>& networks, bool isolate = false);
  ir::Device& device(std::string name, std::string platform = {});
  ir::Interface& interface(const std::string& device, std::string name, const std::string& network,
                           const std::vector<std::string>& addresses = {});
  ir::Port& access(const std::string& device, std::string port, const std::string& network);
  void link(const std::string& device, std::string port, const std::string& other, std::string other_port);
  void radio(const std::string& device, const std::vector<std::string>& networks);

  // Ends are zones, networks, addresses, prefixes or `device:NAME`; services as in the language.
  ir::Flow& flow(const std::string& conduit, const std::vector<std::string>& from,
                 const std::vector<std::string>& to, const std::vector<std::string>& services);
  ir::EndpointId endpoint(const std::vector<std::string>& ends);

  // Every network's address set and the sums over the policy. To be called once, before the first flow.
  void settle();
  ir::Policy& policy() { return policy_; }

  [[nodiscard]] ir::NetworkId network_id(std::string_view name) const;
  [[nodiscard]] ir::DeviceId device_id(std::string_view name) const;
  [[nodiscard]] ir::ZoneId zone_id(std::string_view name) const;

 private:
  void add_literal(std::string_view text, std::vector<ir::Piece>& pieces);

  ir::Policy policy_;
};

}  // namespace cordon::test

#endif  // TESTS_SUPPORT_POLICY_BUILDER_H
