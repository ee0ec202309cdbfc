// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/assertions/openings.h"

#include <utility>

#include "compiler/ir/endpoint_addresses.h"

namespace cordon::check {
namespace {

using ir::Family;

// Flows share their ends, so each end is cut once.
class CutEnds {
 public:
  CutEnds(const ir::Policy& policy, const ir::Addresses* to)
      : policy_(policy), to_(to), known_(policy.endpoints.size()) {}

  const ir::Addresses& operator[](ir::EndpointId id) {
    auto& known = known_[id.value];
    if (!known) {
      known = ir::addresses_of(policy_, policy_.endpoints[id]);
      if (to_ != nullptr) known = common(*known, *to_);
    }
    return *known;
  }

 private:
  const ir::Policy& policy_;
  const ir::Addresses* to_;
  std::vector<std::optional<ir::Addresses>> known_;
};

bool is_one(const ir::AddressSet& set) {
  return set.ranges().size() == 1 && set.ranges().front().first == set.ranges().front().last;
}

// The network of the zone whose hosts are out of the reach of every filter and router of ours.
ir::AddressSet undeclared(const ir::Policy& policy, const ir::Zone& zone, Family family) {
  ir::AddressSet set(family);
  for (const ir::NetworkId network : zone.networks) {
    if (policy.networks[network].any(family)) set = policy.networks[network].addresses.of(family);
  }
  return set;
}

void add_within(const ir::Policy& policy, ir::ZoneId id, const Query& query, std::vector<Opening>& found) {
  const ir::Zone& zone = policy.zones[id];
  const ir::Addresses hosts = ir::hosts_of(policy, zone);
  const ir::Addresses from = common(hosts, *query.from), to = common(hosts, *query.to);
  const packet::ServiceSet every{packet::ServiceTerm{}};
  const auto add = [&](Family family, ir::AddressSet sources, ir::AddressSet targets) {
    Opening opening;
    opening.part.from.of(family) = std::move(sources);
    opening.part.to.of(family) = std::move(targets);
    opening.part.services = query.services == nullptr ? every : *query.services;
    opening.within = id;
    if (holds_packets(opening.part) && !is_self(opening.part, family)) found.push_back(std::move(opening));
  };
  for (const Family family : packet::families) {
    const ir::AddressSet any = undeclared(policy, zone, family);
    add(family, subtract(from.of(family), any), to.of(family));
    if (!any.empty()) add(family, intersect(from.of(family), any), subtract(to.of(family), any));
  }
}

}  // namespace

ir::Addresses common(const ir::Addresses& a, const ir::Addresses& b) {
  return {intersect(a.v4, b.v4), intersect(a.v6, b.v6)};
}

ir::Addresses without(const ir::Addresses& all, const ir::Addresses& taken) {
  return {subtract(all.v4, taken.v4), subtract(all.v6, taken.v6)};
}

std::vector<Opening> openings_by_flows(const Context& context, const Query& query) {
  const ir::Policy& policy = context.policy();
  CutEnds sources(policy, query.from), targets(policy, query.to);
  std::vector<Opening> found;
  for (const FlowFact& fact : context.flows()) {
    const ir::Addresses& to = targets[fact.flow->to];
    if (to.empty()) continue;
    const ir::Addresses& from = sources[fact.flow->from];
    if (from.empty()) continue;
    Opening opening;
    opening.part = {
        from, to,
        query.services == nullptr ? *fact.services : common_services(*fact.services, *query.services)};
    opening.flow = &fact;
    if (holds_packets(opening.part)) found.push_back(std::move(opening));
  }
  return found;
}

std::vector<Opening> openings_within_zones(const Context& context, const Query& query) {
  std::vector<Opening> found;
  const ir::Policy& policy = context.policy();
  for (const ir::ZoneId zone : policy.zones.ids()) {
    if (!policy.zones[zone].isolate) add_within(policy, zone, query, found);
  }
  return found;
}

Traffic traffic_of(const std::vector<Opening>& openings) {
  Traffic traffic;
  for (const Opening& opening : openings) traffic.push_back(opening.part);
  return traffic;
}

bool is_self(const TrafficPart& part, Family family) {
  return is_one(part.from.of(family)) && part.from.of(family) == part.to.of(family);
}

Traffic without_self(Traffic products) {
  for (TrafficPart& part : products) {
    for (const Family family : packet::families) {
      if (is_self(part, family)) part.from.of(family) = ir::AddressSet(family);
    }
  }
  std::erase_if(products, [](const TrafficPart& part) { return !holds_packets(part); });
  return products;
}

}  // namespace cordon::check
