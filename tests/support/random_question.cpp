// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/random_question.h"

#include "compiler/ir/endpoint_addresses.h"
#include "compiler/packet/service.h"

namespace cordon::test {
namespace {

template <class Id, class Items>
Id pick(const Items& items, Random& random) {
  return Id{random.below(items.size())};
}

ir::Addresses random_end(const ir::Policy& policy, Random& random) {
  switch (random.below(4)) {
    case 0:
      return ir::hosts_of(policy, policy.zones[pick<ir::ZoneId>(policy.zones, random)]);
    case 1:
      return ir::hosts_of(policy, pick<ir::NetworkId>(policy.networks, random));
    default:
      return ir::addresses_of(policy, policy.endpoints[pick<ir::EndpointId>(policy.endpoints, random)]);
  }
}

}  // namespace

ir::FlowSet random_question(const ir::Policy& policy, Random& random) {
  ir::FlowSet question;
  question.from = random_end(policy, random);
  question.to = random_end(policy, random);
  question.services = policy.service_lists[pick<ir::ServiceListId>(policy.service_lists, random)].terms;
  if (random.below(4) == 0) question.services = {packet::parse_service("tcp/1500-2500").term.value()};
  if (random.below(8) == 0) question.services = {packet::ServiceTerm{}};
  return question;
}

}  // namespace cordon::test
