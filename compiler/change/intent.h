// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a policy permits, as one list of permits over addresses, with what asked for each.
//
// A connection is told by its first packet. Intent is the union over flows, the hosts of zones that do not
// isolate among themselves, and what a declared DHCP relay implies. Names play no part in it: two policies
// that permit the same packets are equal, whatever they call things. Linear in the policy; address sets are
// shared by what names them.
#ifndef COMPILER_CHANGE_INTENT_H
#define COMPILER_CHANGE_INTENT_H

#include <array>
#include <cstdint>
#include <deque>
#include <initializer_list>
#include <map>
#include <span>
#include <vector>

#include "compiler/ir/flow_set.h"
#include "compiler/ir/policy.h"
#include "compiler/packet/match.h"
#include "compiler/packet/packet_set.h"

namespace cordon::change {

// What asked for a permit.
struct Cause {
  enum class Kind : std::uint8_t { flow, zone, renewal } kind = Kind::flow;
  ir::FlowId flow;        // of a flow
  ir::NetworkId network;  // of a renewal: the clients'
  ir::ZoneId from, to;    // the zones at its ends; invalid: a device
  source::Range range;    // the line that asks
  friend bool operator==(const Cause&, const Cause&) = default;
};

class Intent {
 public:
  // The policy has to last as long.
  explicit Intent(const ir::Policy& policy);
  Intent(const Intent&) = delete;
  Intent& operator=(const Intent&) = delete;
  ~Intent() = default;

  [[nodiscard]] const ir::Policy& policy() const { return *policy_; }

  // Permits only, so their order means nothing.
  [[nodiscard]] std::span<const packet::MatchRule> rules() const { return rules_; }
  [[nodiscard]] const Cause& cause(std::size_t rule) const { return causes_[cause_of_[rule]]; }
  [[nodiscard]] std::span<const Cause> causes() const { return causes_; }
  // Of each rule the position of its cause.
  [[nodiscard]] std::span<const std::uint32_t> cause_numbers() const { return cause_of_; }

 private:
  void add_flow(ir::FlowId id);
  void add_zone(ir::ZoneId id);
  void add_renewal(ir::NetworkId id);
  void add(const ir::Addresses& from, const ir::Addresses& to, const packet::ServiceSet& services,
           std::uint32_t cause);
  [[nodiscard]] const ir::Addresses& of(ir::EndpointId id);
  const ir::Addresses& keep(ir::Addresses addresses);
  [[nodiscard]] const packet::ServiceSet& in_family(const packet::ServiceSet& services,
                                                    packet::Family family);

  const ir::Policy* policy_;
  std::vector<packet::MatchRule> rules_;
  std::vector<std::uint32_t> cause_of_;
  std::vector<Cause> causes_;
  std::deque<ir::Addresses> addresses_;
  std::vector<const ir::Addresses*> of_endpoint_;
  std::map<const packet::ServiceSet*, std::array<packet::ServiceSet, 2>> services_;
  packet::ServiceSet everything_, asks_;
};

// Every packet that somebody of `from` may open to somebody of `to` with these services, whether permitted or
// not.
class Space {
 public:
  Space(const ir::Policy& policy, const ir::Traffic& traffic);
  explicit Space(ir::Addresses from, ir::Addresses to, const packet::ServiceSet& services);
  explicit Space(const ir::FlowSet& flow) : Space(flow.from, flow.to, flow.services) {}
  Space(const Space&) = delete;  // rules point into it
  Space& operator=(const Space&) = delete;
  ~Space() = default;
  [[nodiscard]] std::span<const packet::MatchRule> rules() const { return rules_; }
  [[nodiscard]] bool empty() const { return rules_.empty(); }

 private:
  void add_rules(const packet::ServiceSet& services);

  ir::Addresses from_, to_;
  std::array<packet::ServiceSet, 2> services_;
  std::vector<packet::MatchRule> rules_;
};

// Tells the space all addresses that these permits mention, before it is asked about them.
void expect_addresses(packet::PacketSpace& space,
                      std::initializer_list<std::span<const packet::MatchRule>> permits);

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_INTENT_H
