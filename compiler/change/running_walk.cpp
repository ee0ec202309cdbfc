// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/running_walk.h"

#include <algorithm>
#include <utility>

#include "compiler/change/deciding.h"
#include "compiler/change/parties.h"
#include "compiler/ir/endpoint_addresses.h"

namespace cordon::change {

using packet::PacketSet;
using prove::EdgeId;
using prove::Stage;
using prove::VertexId;

RunningPermits::Walk::Walk(RunningPermits& net, const PacketSet& asked, const Rule& rule)
    : net_(net),
      asked_(asked),
      delivered_(net.space_.empty()),
      rule_(rule),
      forwarded_(net.forwarding_.edges().size(), {delivered_, delivered_, delivered_}),
      own_(forwarded_),
      visited_(net.forwarding_.vertices().size(), delivered_) {}

PacketSet RunningPermits::Walk::run() {
  set_out();
  while (next_round()) {
    for (const VertexId vertex : now_) go_on(vertex);
  }
  return delivered_;
}

bool RunningPermits::Walk::passes_through(EdgeId edge) const {
  return net_.forwarding_.passes_through(net_.forwarding_.edges()[edge].network);
}

// Hosts by the gateways of their network, devices by themselves. An address of a device is in its network for
// everybody else.
void RunningPermits::Walk::set_out() {
  const ir::Policy& policy = net_.policy_;
  for (const ir::NetworkId network : policy.networks.ids()) {
    const ir::Addresses from = intersect(policy.networks[network].addresses, net_.from_);
    if (from.empty()) continue;
    const PacketSet packets = net_.both(asked_, net_.product(&from, nullptr));
    for (const EdgeId in : net_.forwarding_.edges_at(network)) arrive(in, packets, true);
  }
  if (intersect(policy.device_addresses, net_.from_).empty()) return;
  for (const VertexId vertex : net_.forwarding_.vertices().ids()) leave_device(vertex);
}

void RunningPermits::Walk::leave_device(VertexId vertex) {
  const prove::Vertex& item = net_.forwarding_.vertices()[vertex];
  const ir::Addresses own = intersect(item.answered, net_.from_);
  if (own.empty()) return;
  const PacketSet packets = net_.both(asked_, net_.product(&own, nullptr));
  if (rule_.once) visited_[vertex.value] = net_.either(visited_[vertex.value], packets);
  for (const EdgeId out : item.edges) put_on(out, routed_by(vertex, out, packets), passes_through(out));
}

PacketSet RunningPermits::Walk::routed_by(VertexId vertex, EdgeId out, const PacketSet& packets) {
  if (!net_.routes_.any()) return packets;
  PacketSet elsewhere = net_.space_.empty();
  for (const ir::NetworkId network : net_.policy_.networks.ids()) {
    ir::Addresses to = intersect(ir::hosts_of(net_.policy_, network), net_.to_);
    for (const packet::Family family : packet::families) {
      if (net_.routes_.allows(vertex, out, net_.routes_.class_of(network), family))
        to.of(family) = packet::AddressSet(family);
    }
    if (!to.empty()) elsewhere = net_.either(elsewhere, net_.product(nullptr, &to));
  }
  return net_.minus(packets, elsewhere);
}

bool RunningPermits::Walk::next_round() {
  now_ = std::move(next_);
  next_.clear();
  std::ranges::sort(now_);
  now_.erase(std::ranges::unique(now_).begin(), now_.end());
  for (const VertexId vertex : now_) {
    PacketSet& visited = visited_[vertex.value];
    for (const EdgeId in : net_.forwarding_.vertices()[vertex].edges) {
      for (std::vector<Arrivals>* arrivals : {&forwarded_, &own_}) {
        Arrivals& here = (*arrivals)[in.value];
        here.now = std::exchange(here.next, net_.space_.empty());
        here.known = net_.either(here.known, here.now);
      }
      if (rule_.once) visited = net_.either(visited, forwarded_[in.value].now);
    }
  }
  return !now_.empty();
}

PacketSet RunningPermits::Walk::passed(EdgeId edge, Stage stage, const PacketSet& packets) {
  if (net_.empty(packets)) return packets;
  const LetThrough& pass = net_.through(edge, stage);
  return net_.both(packets, rule_.sure ? pass.sure : pass.maybe);
}

void RunningPermits::Walk::go_on(VertexId vertex) {
  const std::vector<EdgeId>& edges = net_.forwarding_.vertices()[vertex].edges;
  std::vector<std::pair<EdgeId, PacketSet>> came;
  PacketSet hosts = net_.space_.empty();  // of networks that are the middle of no way
  for (const EdgeId in : edges) {
    delivered_ = net_.either(delivered_, passed(in, Stage::own, own_[in.value].now));
    const PacketSet packets = passed(in, Stage::received, forwarded_[in.value].now);
    if (net_.empty(packets)) continue;
    if (net_.filters_.has_pairs(vertex) || passes_through(in)) {
      came.emplace_back(in, packets);
    } else {
      hosts = net_.either(hosts, packets);
    }
  }
  if (came.empty() && net_.empty(hosts)) return;
  for (const EdgeId out : edges) {
    if (net_.empty(net_.post(out, Stage::sent).packets)) continue;
    PacketSet all = hosts;
    for (const auto& [in, packets] : came) {
      PacketSet some = net_.both(packets, net_.post(out, Stage::sent).packets);
      if (in == out) some = net_.back_on(out, some);
      if (net_.empty(some)) continue;
      if (!net_.filters_.has_pairs(vertex)) {
        all = net_.either(all, some);
        continue;
      }
      const LetThrough& pass = net_.between(in, out);
      all = net_.either(all, net_.both(some, rule_.sure ? pass.sure : pass.maybe));
    }
    go_out(out, all);
  }
}

void RunningPermits::Walk::go_out(EdgeId out, const PacketSet& forwarded) {
  const PacketSet packets = net_.both(forwarded, net_.post(out, Stage::sent).packets);
  put_on(out, passed(out, Stage::sent, packets), passes_through(out));
}

// On a network: its hosts get what is for them, and its other devices what goes on or is for themselves.
void RunningPermits::Walk::put_on(EdgeId out, const PacketSet& packets, bool onward) {
  if (net_.empty(packets)) return;
  const ir::NetworkId network = net_.forwarding_.edges()[out].network;
  const ir::Addresses hosts = intersect(ir::hosts_of(net_.policy_, network), net_.to_);
  if (!hosts.empty()) delivered_ = net_.either(delivered_, net_.both(packets, net_.product(nullptr, &hosts)));
  for (const EdgeId in : net_.forwarding_.edges_at(network)) {
    if (in != out) arrive(in, packets, onward);
  }
}

void RunningPermits::Walk::arrive(EdgeId in, const PacketSet& packets, bool onward) {
  const VertexId vertex = net_.forwarding_.edges()[in].vertex;
  const auto add = [&](std::vector<Arrivals>& arrivals, Stage stage, const PacketSet& known) {
    Arrivals& here = arrivals[in.value];
    const PacketSet fresh = net_.minus(net_.both(packets, net_.post(in, stage).packets), known);
    if (net_.empty(fresh)) return;
    here.next = net_.either(here.next, fresh);
    next_.push_back(vertex);
  };
  add(own_, Stage::own, own_[in.value].known);
  if (onward)
    add(forwarded_, Stage::received, rule_.once ? visited_[vertex.value] : forwarded_[in.value].known);
}

}  // namespace cordon::change
