// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Assertions judged by trying: every address against every address with every packet, and steps taken one by
// one. For policies of a few dozen addresses. Shares nothing with the checks but the policy.
#ifndef TESTS_SUPPORT_NAIVE_ASSERTIONS_H
#define TESTS_SUPPORT_NAIVE_ASSERTIONS_H

#include <cstdint>
#include <set>
#include <vector>

#include "compiler/ir/policy.h"
#include "compiler/packet/match.h"
#include "tests/support/simulator.h"

namespace cordon::test {

class NaiveAssertions {
 public:
  // `outside`: addresses that stand for what no network declares.
  NaiveAssertions(const ir::Policy& policy, std::vector<packet::Address> outside);

  using Addresses = std::set<packet::Address>;
  [[nodiscard]] Addresses members(const std::vector<ir::EndpointId>& ends) const;
  [[nodiscard]] const std::vector<packet::Address>& universe() const { return universe_; }

  // Every packet between two of these that the assertion speaks of; none from a host to itself.
  [[nodiscard]] std::vector<packet::Packet> asked(const Addresses& from, const Addresses& to,
                                                  ir::ServiceListId services) const;
  // A flow opens it; or its hosts are of one zone.
  [[nodiscard]] bool flow_opens(const packet::Packet& packet) const;
  [[nodiscard]] bool opens(const packet::Packet& packet) const { return intent_.opens(packet); }

  // Who of `to` is reached from those of `from`, in one flow or more, the last one by the services.
  [[nodiscard]] Addresses arrivals(const Addresses& from, const Addresses& to, ir::ServiceListId services,
                                   const Addresses& left_out) const;

  [[nodiscard]] bool never(const ir::Assertion& assertion) const;
  [[nodiscard]] bool always(const ir::Assertion& assertion) const;
  [[nodiscard]] bool only(const ir::Assertion& assertion) const;
  [[nodiscard]] bool via(const ir::Assertion& assertion) const;

 private:
  [[nodiscard]] bool ways_around(const ir::Assertion& assertion, const Addresses& left_out) const;
  [[nodiscard]] Addresses with_companions(const Addresses& some, const Addresses& left_out) const;
  [[nodiscard]] bool companions(packet::Address a, packet::Address b) const;

  const ir::Policy& policy_;
  Intent intent_;
  std::vector<packet::Address> universe_;
  std::vector<packet::Packet> shapes_;  // protocols and ports worth trying, without addresses
};

}  // namespace cordon::test

#endif  // TESTS_SUPPORT_NAIVE_ASSERTIONS_H
