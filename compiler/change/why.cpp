// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/why.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "compiler/change/deciding.h"
#include "compiler/change/inquiry.h"
#include "compiler/change/proposals.h"
#include "compiler/change/statements.h"
#include "compiler/ir/endpoint_addresses.h"

namespace cordon::change {
namespace {

using packet::PacketSet;
using Reason = Refusal::Reason;

// The end of a flow is the party: its zone, or the very device.
bool is_end(const ir::Policy& policy, ir::EndpointId id, const Party& party) {
  const ir::Endpoint& end = policy.endpoints[id];
  if (party.device.valid() || end.device.valid()) return end.device == party.device;
  return party.zone.valid() && ir::zone_of(policy, end) == party.zone;
}

// A conduit may hold flows between the two: it joins their zones, and devices stand in none.
bool joins(const ir::Conduit& conduit, const Party& a, const Party& b) {
  const auto fits = [&](ir::ZoneId first, ir::ZoneId second) {
    return (a.device.valid() || a.zone == first) && (b.device.valid() || b.zone == second);
  };
  if (!conduit.first.valid() || !conduit.second.valid()) return false;
  return fits(conduit.first, conduit.second) || fits(conduit.second, conduit.first);
}

class Refusals {
 public:
  explicit Refusals(Inquiry& inquiry) : inquiry_(inquiry), policy_(inquiry.policy()) {}

  std::vector<Refusal> run() {
    std::vector<Refusal> found;
    if (inquiry_.empty(inquiry_.denied())) return found;
    const std::vector<Party> sources = parties_of(policy_, inquiry_.question().from);
    const std::vector<Party> targets = parties_of(policy_, inquiry_.question().to);
    for (const Party& from : sources) {
      for (const Party& to : targets) {
        const Space between(from.addresses, to.addresses, inquiry_.question().services);
        if (between.empty()) continue;
        const PacketSet denied = inquiry_.both(inquiry_.denied(), inquiry_.set(between.rules()));
        if (!inquiry_.empty(denied)) found.push_back(refusal(from, to, denied));
      }
    }
    return found;
  }

 private:
  Refusal refusal(const Party& from, const Party& to, const PacketSet& denied) {
    Refusal refusal;
    refusal.from = from;
    refusal.to = to;
    refusal.denied = inquiry_.part(denied);
    refusal.no_host = names_nobody(to.addresses);
    if (const auto reason = reason_of_place(from, to)) {
      refusal.reason = *reason;
      return refusal;
    }
    for (const ir::ConduitId id : policy_.conduits.ids()) {
      if (joins(policy_.conduits[id], from, to)) add_conduit(refusal, id);
    }
    for (const ir::ConduitId id : policy_.conduits.ids()) add_flows(refusal, id, denied);
    std::ranges::stable_sort(refusal.near, {}, &NearFlow::lacks);
    refusal.reason = !refusal.near.empty()       ? Reason::no_match
                     : !refusal.conduits.empty() ? Reason::no_flow
                                                 : Reason::no_conduit;
    return refusal;
  }

  // Where the two stand is reason enough, whatever conduits there are.
  [[nodiscard]] std::optional<Reason> reason_of_place(const Party& from, const Party& to) const {
    for (const Party* party : {&from, &to}) {
      if (party->device.valid() || party->zone.valid()) continue;
      return party->network.valid() ? Reason::no_zone : Reason::nowhere;
    }
    if (from.device.valid() || to.device.valid() || from.zone != to.zone) return std::nullopt;
    return policy_.zones[from.zone].isolate ? Reason::isolated : Reason::outside;
  }

  // Between two zones a conduit is of these two; with a device at one end many would do, and those count that
  // speak of the device already.
  void add_conduit(Refusal& refusal, ir::ConduitId id) const {
    const bool devices = refusal.from.device.valid() || refusal.to.device.valid();
    const auto speaks = [&](const ir::Flow& flow) {
      const auto of = [&](const Party& party) {
        return party.device.valid() && (policy_.endpoints[flow.from].device == party.device ||
                                        policy_.endpoints[flow.to].device == party.device);
      };
      return of(refusal.from) || of(refusal.to);
    };
    if (!devices || std::ranges::any_of(policy_.conduits[id].flows, speaks)) refusal.conduits.push_back(id);
  }

  void add_flows(Refusal& refusal, ir::ConduitId id, const PacketSet& denied) {
    for (std::uint32_t index = 0; index < policy_.conduits[id].flows.size(); ++index) {
      const ir::Flow& flow = policy_.conduits[id].flows[index];
      if (is_end(policy_, flow.from, refusal.from) && is_end(policy_, flow.to, refusal.to))
        refusal.near.push_back({{id, index}, lacks(flow, denied, refusal)});
    }
  }

  NearFlow::Lacks lacks(const ir::Flow& flow, const PacketSet& denied, const Refusal& refusal) {
    const packet::ServiceSet& services = policy_.service_lists[flow.services].terms;
    if (!flow.excepted.empty()) {
      const Space full(without_excepts(policy_, flow, true), without_excepts(policy_, flow, false), services);
      if (inquiry_.meet(inquiry_.set(full.rules()), denied)) return NearFlow::Lacks::exception;
    }
    const Space hosts(ir::addresses_of(policy_, policy_.endpoints[flow.from]),
                      ir::addresses_of(policy_, policy_.endpoints[flow.to]),
                      packet::ServiceSet{packet::ServiceTerm{}});
    if (inquiry_.meet(inquiry_.set(hosts.rules()), denied)) return NearFlow::Lacks::services;
    const Space same(refusal.from.addresses, refusal.to.addresses, services);
    return inquiry_.meet(inquiry_.set(same.rules()), denied) ? NearFlow::Lacks::hosts : NearFlow::Lacks::both;
  }

  // Addresses of networks whose hosts are declared, and none of the hosts has one of them.
  [[nodiscard]] bool names_nobody(const ir::Addresses& addresses) const {
    bool declared = false;
    for (const ir::Host& host : policy_.hosts) {
      for (const auto& address : {host.ipv4, host.ipv6}) {
        if (address && addresses.of(address->family).contains(*address)) return false;
      }
      declared = declared || (host.network.valid() &&
                              !intersect(policy_.networks[host.network].addresses, addresses).empty());
    }
    return declared && intersect(policy_.device_addresses, addresses).empty();
  }

  Inquiry& inquiry_;
  const ir::Policy& policy_;
};

std::vector<Cause> causes_of(const Inquiry& inquiry) {
  std::vector<Cause> causes;
  for (const std::size_t rule : inquiry.opening()) {
    const Cause& cause = inquiry.intent().cause(rule);
    if (std::ranges::find(causes, cause) == causes.end()) causes.push_back(cause);
  }
  return causes;
}

}  // namespace

std::string_view to_string(Answer answer) {
  if (answer == Answer::allowed) return "allowed";
  return answer == Answer::denied ? "denied" : "partly";
}

packet::Decided<std::optional<Why>> explain(const Intent& intent, const ir::FlowSet& question,
                                            const packet::Budget& budget) {
  return decide([&] {
    Inquiry inquiry(intent, question, budget);
    if (inquiry.empty(inquiry.asked())) return std::optional<Why>();
    Why why;
    const bool some = !inquiry.empty(inquiry.allowed()), none = !inquiry.empty(inquiry.denied());
    why.answer = !none ? Answer::allowed : some ? Answer::partly : Answer::denied;
    why.allowed = inquiry.part(inquiry.allowed());
    why.denied = inquiry.part(inquiry.denied());
    why.causes = causes_of(inquiry);
    why.refusals = Refusals(inquiry).run();
    why.statements = statements_about(inquiry);
    why.proposals = propose(inquiry, why);
    return std::optional(std::move(why));
  });
}

}  // namespace cordon::change
