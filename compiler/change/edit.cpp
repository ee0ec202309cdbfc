// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/edit.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "compiler/ir/endpoint_addresses.h"

namespace cordon::change {
namespace {

using packet::PortRange;
using packet::ServiceSet;
using packet::ServiceTerm;

ir::EndpointId add_endpoint(ir::Policy& policy, const ir::Addresses& addresses) {
  ir::Endpoint endpoint;
  for (const ir::NetworkId id : policy.networks.ids()) {
    ir::Addresses part = intersect(addresses, policy.networks[id].addresses);
    if (part.empty()) continue;
    const bool whole = part == ir::hosts_of(policy, id);
    endpoint.pieces.push_back({id, whole ? policy.networks[id].addresses : std::move(part), whole});
  }
  return policy.endpoints.push_back(std::move(endpoint));
}

ir::EndpointId add_endpoint(ir::Policy& policy, const Party& party) {
  if (!party.device.valid()) return add_endpoint(policy, party.addresses);
  return policy.endpoints.push_back({.label = {}, .pieces = {}, .device = party.device});
}

ir::Flow new_flow(ir::Policy& policy, const Edit& edit) {
  ir::Flow flow;
  flow.from = add_endpoint(policy, edit.from);
  flow.to = add_endpoint(policy, edit.to);
  flow.services = policy.service_lists.push_back({{}, packet::normalize(edit.services)});
  return flow;
}

void change_line(ir::Policy& policy, ir::FlowId line, const std::function<void(ir::Flow&)>& change) {
  for (const ir::FlowId id : flows_of_line(policy, line)) change(policy.conduits[id.conduit].flows[id.index]);
}

ir::EndpointId with_end(ir::Policy& policy, ir::EndpointId end, const ir::Addresses& more, bool add) {
  if (policy.endpoints[end].device.valid()) return end;
  ir::Addresses all = ir::addresses_of(policy, policy.endpoints[end]);
  if (add) {
    ir::add(all, more);
  } else {
    all = subtract(all, more);
  }
  return add_endpoint(policy, all);
}

void remove_excepts(ir::Policy& policy, const Edit& edit) {
  change_line(policy, edit.flow, [&](ir::Flow& flow) {
    ir::Addresses from, to, kept_from, kept_to;
    for (std::uint32_t at = 0; at < flow.excepted.size(); ++at) {
      const bool gone = std::ranges::find(edit.excepted, at) != edit.excepted.end();
      ir::add(gone ? from : kept_from, flow.excepted[at].from);
      ir::add(gone ? to : kept_to, flow.excepted[at].to);
    }
    flow.from = with_end(policy, flow.from, subtract(from, kept_from), true);
    flow.to = with_end(policy, flow.to, subtract(to, kept_to), true);
  });
}

// A flow without an end is no flow.
void drop_empty(ir::Policy& policy, ir::ConduitId conduit) {
  std::erase_if(policy.conduits[conduit].flows, [&](const ir::Flow& flow) {
    return ir::addresses_of(policy, policy.endpoints[flow.from]).empty() ||
           ir::addresses_of(policy, policy.endpoints[flow.to]).empty();
  });
}

void set_services(ir::Policy& policy, ir::FlowId line, ServiceSet terms) {
  const ir::ServiceListId list = policy.service_lists.push_back({{}, packet::normalize(std::move(terms))});
  change_line(policy, line, [&](ir::Flow& flow) { flow.services = list; });
}

void add_services(ir::Policy& policy, const Edit& edit) {
  ServiceSet terms = policy.service_lists[policy.flow(edit.flow).services].terms;
  terms.insert(terms.end(), edit.services.begin(), edit.services.end());
  set_services(policy, edit.flow, std::move(terms));
}

void remove_services(ir::Policy& policy, const Edit& edit) {
  if (auto rest = without(policy.service_lists[policy.flow(edit.flow).services].terms, edit.services))
    set_services(policy, edit.flow, std::move(*rest));
}

void apply(ir::Policy& policy, const Edit& edit) {
  using Kind = Edit::Kind;
  switch (edit.kind) {
    case Kind::remove_excepts:
      return remove_excepts(policy, edit);
    case Kind::add_services:
      return add_services(policy, edit);
    case Kind::add_flow:
      policy.conduits[edit.conduit].flows.push_back(new_flow(policy, edit));
      return;
    case Kind::add_conduit: {
      ir::Conduit conduit;
      conduit.first = edit.from.zone;
      conduit.second = edit.to.zone;
      conduit.flows.push_back(new_flow(policy, edit));
      policy.conduits.push_back(std::move(conduit));
      return;
    }
    case Kind::stop_isolating:
    case Kind::isolate:
      policy.zones[edit.zone].isolate = edit.kind == Kind::isolate;
      return;
    case Kind::remove_services:
      return remove_services(policy, edit);
    case Kind::add_except:
      return change_line(policy, edit.flow, [&](ir::Flow& flow) {
        flow.from = with_end(policy, flow.from, edit.except, false);
        flow.to = with_end(policy, flow.to, edit.except, false);
      });
    case Kind::remove_flow:
      return change_line(policy, edit.flow,
                         [&](ir::Flow& flow) { flow.from = policy.endpoints.push_back({}); });
    case Kind::remove_relay:
      policy.networks[edit.network].dhcp->relay = {};
      return;
  }
}

// The parts of a range of ports that lie outside another.
std::vector<PortRange> outside(PortRange all, PortRange taken) {
  std::vector<PortRange> parts;
  if (all.first < taken.first)
    parts.push_back({all.first, static_cast<std::uint16_t>(std::min<int>(all.last, taken.first - 1))});
  if (all.last > taken.last)
    parts.push_back({static_cast<std::uint16_t>(std::max<int>(all.first, taken.last + 1)), all.last});
  return parts;
}

bool meet(PortRange a, PortRange b) { return a.first <= b.last && b.first <= a.last; }
bool lies_in(PortRange inner, PortRange outer) {
  return outer.first <= inner.first && inner.last <= outer.last;
}

bool meet(const ServiceTerm& a, const ServiceTerm& b) {
  const auto agree = [](const auto& one, const auto& other) { return !one || !other || *one == *other; };
  return agree(a.protocol, b.protocol) && meet(a.source, b.source) && meet(a.destination, b.destination) &&
         agree(a.icmp_type, b.icmp_type) && agree(a.icmp_code, b.icmp_code) && (a.flags & b.flags) != 0;
}

bool covers(const ServiceTerm& wide, const ServiceTerm& narrow) {
  const auto holds = [](const auto& one, const auto& other) { return !one || (other && *one == *other); };
  return holds(wide.protocol, narrow.protocol) && lies_in(narrow.source, wide.source) &&
         lies_in(narrow.destination, wide.destination) && holds(wide.icmp_type, narrow.icmp_type) &&
         holds(wide.icmp_code, narrow.icmp_code) && (narrow.flags & ~wide.flags) == 0;
}

// Only ports are split: what is left of every protocol, or of every type, would be a list that nobody writes.
std::optional<ServiceSet> without(const ServiceTerm& term, const ServiceTerm& taken) {
  if (!meet(term, taken)) return ServiceSet{term};
  if (covers(taken, term)) return ServiceSet{};
  ServiceTerm widened = taken;
  widened.destination = {};
  if (!term.protocol || !packet::has_ports(*term.protocol) || !covers(widened, term)) return std::nullopt;
  ServiceSet left;
  for (const PortRange ports : outside(term.destination, taken.destination)) {
    left.push_back(term);
    left.back().destination = ports;
  }
  return left;
}

}  // namespace

std::optional<ServiceSet> without(const ServiceSet& terms, const ServiceSet& taken) {
  ServiceSet left = terms;
  for (const ServiceTerm& each : taken) {
    ServiceSet next;
    for (const ServiceTerm& term : left) {
      const auto rest = without(term, each);
      if (!rest) return std::nullopt;
      next.insert(next.end(), rest->begin(), rest->end());
    }
    left = std::move(next);
  }
  return packet::normalize(std::move(left));
}

std::vector<ir::FlowId> flows_of_line(const ir::Policy& policy, ir::FlowId flow) {
  const std::vector<ir::Flow>& flows = policy.conduits[flow.conduit].flows;
  const ir::Flow& line = flows[flow.index];
  if (!line.range.valid()) return {flow};
  std::vector<ir::FlowId> same;
  for (std::uint32_t index = 0; index < flows.size(); ++index) {
    if (flows[index].range == line.range) same.push_back({flow.conduit, index});
  }
  return same;
}

ir::Addresses without_excepts(const ir::Policy& policy, const ir::Flow& flow, bool from) {
  ir::Addresses all = ir::addresses_of(policy, policy.endpoints[from ? flow.from : flow.to]);
  for (const ir::Excepted& excepted : flow.excepted) ir::add(all, from ? excepted.from : excepted.to);
  return all;
}

ir::Policy edited(const ir::Policy& policy, std::span<const Edit> edits) {
  ir::Policy copy = policy;
  for (const Edit& edit : edits) apply(copy, edit);
  for (const Edit& edit : edits) {
    if (edit.kind == Edit::Kind::add_except || edit.kind == Edit::Kind::remove_flow)
      drop_empty(copy, edit.flow.conduit);
  }
  return copy;
}

}  // namespace cordon::change
