// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/proposals.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "compiler/ir/endpoint_addresses.h"

namespace cordon::change {
namespace {

using Kind = Edit::Kind;
using packet::PacketSet;

// What a module defines is called `module.name`; its lines are shared by whoever uses it.
bool of_module(const ir::Policy& policy, ir::ConduitId id) {
  return policy.conduits[id].name.find('.') != std::string::npos;
}

packet::ServiceSet services_in(const std::vector<packet::Cube>& cubes) {
  packet::ServiceSet all;
  for (const packet::Cube& cube : cubes) all.insert(all.end(), cube.services.begin(), cube.services.end());
  return packet::normalize(std::move(all));
}

ir::Addresses ends_of(const std::vector<packet::Cube>& cubes, bool from) {
  ir::Addresses all;
  for (const packet::Cube& cube : cubes) {
    ir::AddressSet& set = all.of(cube.family());
    set = unite(set, from ? cube.source : cube.destination);
  }
  return all;
}

// An edit with what it does beside what was asked.
struct Candidate {
  Edit edit;
  PacketSet beyond;
};

// The first that does no more than asked, else the one that does least.
class Choice {
 public:
  explicit Choice(Inquiry& inquiry) : inquiry_(inquiry) {}

  void consider(Edit edit, const PacketSet& beyond) { candidates_.push_back({std::move(edit), beyond}); }

  std::optional<Edit> best(std::vector<Edit>* others = nullptr) {
    if (candidates_.empty()) return std::nullopt;
    const auto chosen = std::ranges::min_element(
        candidates_, {}, [&](const Candidate& each) { return inquiry_.size(each.beyond); });
    if (others != nullptr) {
      for (Candidate& each : candidates_) {
        if (&each != &*chosen && !inquiry_.empty(each.beyond)) others->push_back(finished(each));
      }
    }
    return finished(*chosen);
  }

 private:
  Edit finished(Candidate& candidate) {
    candidate.edit.beyond = inquiry_.cubes(candidate.beyond);
    return candidate.edit;
  }

  Inquiry& inquiry_;
  std::vector<Candidate> candidates_;
};

class Opener {
 public:
  Opener(Inquiry& inquiry, const Why& why) : inquiry_(inquiry), policy_(inquiry.policy()), why_(why) {}

  std::optional<Proposal> run() {
    if (why_.refusals.empty() || why_.refusals.size() > most_edits) return std::nullopt;
    Proposal proposal{.opens = true, .edits = {}, .instead = {}};
    std::vector<Edit> instead;
    for (const Refusal& refusal : why_.refusals) {
      auto edit = open(refusal, instead);
      if (!edit) return std::nullopt;
      const auto same = [&](const Edit& other) {
        return edit->kind == Kind::stop_isolating && other.kind == edit->kind && other.zone == edit->zone;
      };
      if (std::ranges::none_of(proposal.edits, same)) proposal.edits.push_back(std::move(*edit));
    }
    if (why_.refusals.size() == 1) proposal.instead = std::move(instead);
    return proposal;
  }

 private:
  std::optional<Edit> open(const Refusal& refusal, std::vector<Edit>& instead) {
    using Reason = Refusal::Reason;
    switch (refusal.reason) {
      case Reason::outside:
      case Reason::no_zone:
      case Reason::nowhere:
        return std::nullopt;
      case Reason::isolated:
        return stop_isolating(refusal);
      default:
        break;
    }
    Choice choice(inquiry_);
    for (const NearFlow& near : refusal.near) {
      if (near.lacks == NearFlow::Lacks::exception) consider_exception(choice, near.flow, refusal);
    }
    for (const NearFlow& near : refusal.near) {
      if (near.lacks == NearFlow::Lacks::services) consider_services(choice, near.flow, refusal);
    }
    consider_flow(choice, refusal);
    return choice.best(&instead);
  }

  // Asked of the policy as it would be: what lies outside stays outside of it.
  Edit stop_isolating(const Refusal& refusal) {
    Edit edit{.kind = Kind::stop_isolating, .zone = refusal.from.zone};
    const ir::Policy after = edited(policy_, {&edit, 1});
    const Intent intent(after);
    std::vector<packet::MatchRule> opened;
    for (std::size_t rule = 0; rule < intent.rules().size(); ++rule) {
      const Cause& cause = intent.cause(rule);
      if (cause.kind == Cause::Kind::zone && cause.from == edit.zone) opened.push_back(intent.rules()[rule]);
    }
    const ir::Addresses hosts = ir::hosts_of(policy_, policy_.zones[edit.zone]);
    const PacketSet known =
        inquiry_.permitted(Space(hosts, hosts, packet::ServiceSet{packet::ServiceTerm{}}));
    const PacketSet more = inquiry_.minus(inquiry_.set(opened), inquiry_.asked());
    edit.beyond = inquiry_.cubes(inquiry_.minus(more, known));
    return edit;
  }

  PacketSet beyond(const Space& opened) {
    const PacketSet more = inquiry_.minus(inquiry_.set(opened.rules()), inquiry_.asked());
    return inquiry_.minus(more, inquiry_.permitted(opened));
  }

  bool holds(const Space& opened, const Refusal& refusal) {
    std::vector<packet::MatchRule> denied;
    for (const packet::Cube& cube : refusal.denied.cubes) denied.push_back(cube.permit());
    return inquiry_.empty(inquiry_.minus(inquiry_.set(denied), inquiry_.set(opened.rules())));
  }

  // The exceptions that stand in the way go, the others stay. All flows of the line lose them.
  void consider_exception(Choice& choice, ir::FlowId id, const Refusal& refusal) {
    Edit edit{.kind = Kind::remove_excepts, .flow = id};
    const std::vector<ir::Excepted>& excepted = policy_.flow(id).excepted;
    const ir::Addresses from = ends_of(refusal.denied.cubes, true), to = ends_of(refusal.denied.cubes, false);
    for (std::uint32_t at = 0; at < excepted.size(); ++at) {
      if (!intersect(excepted[at].from, from).empty() || !intersect(excepted[at].to, to).empty())
        edit.excepted.push_back(at);
    }
    const ir::Policy after = edited(policy_, {&edit, 1});
    ir::Addresses opened_from, opened_to;
    for (const ir::FlowId each : flows_of_line(policy_, id)) {
      ir::add(opened_from, ir::addresses_of(after, after.endpoints[after.flow(each).from]));
      ir::add(opened_to, ir::addresses_of(after, after.endpoints[after.flow(each).to]));
    }
    consider(choice, std::move(edit),
             Space(opened_from, opened_to, policy_.service_lists[policy_.flow(id).services].terms), refusal);
  }

  // All flows of the line get them, so what they open counts.
  void consider_services(Choice& choice, ir::FlowId id, const Refusal& refusal) {
    Edit edit{.kind = Kind::add_services, .flow = id};
    edit.services = services_in(refusal.denied.cubes);
    ir::Addresses from, to;
    for (const ir::FlowId each : flows_of_line(policy_, id)) {
      ir::add(from, ir::addresses_of(policy_, policy_.endpoints[policy_.flow(each).from]));
      ir::add(to, ir::addresses_of(policy_, policy_.endpoints[policy_.flow(each).to]));
    }
    const Space opened(from, to, edit.services);
    consider(choice, std::move(edit), opened, refusal);
  }

  void consider(Choice& choice, Edit edit, const Space& opened, const Refusal& refusal) {
    if (of_module(policy_, edit.flow.conduit) || !holds(opened, refusal)) return;
    const PacketSet more = beyond(opened);
    choice.consider(std::move(edit), more);
  }

  void consider_flow(Choice& choice, const Refusal& refusal) {
    Edit edit{.kind = Kind::add_conduit, .from = refusal.from, .to = refusal.to};
    edit.services = inquiry_.question().services;
    const auto own =
        std::ranges::find_if(refusal.conduits, [&](ir::ConduitId id) { return !of_module(policy_, id); });
    if (own != refusal.conduits.end()) {
      edit.kind = Kind::add_flow;
      edit.conduit = *own;
    }
    choice.consider(std::move(edit), inquiry_.minus(inquiry_.asked(), inquiry_.asked()));
  }

  Inquiry& inquiry_;
  const ir::Policy& policy_;
  const Why& why_;
};

class Closer {
 public:
  Closer(Inquiry& inquiry, const Why& why) : inquiry_(inquiry), policy_(inquiry.policy()), why_(why) {}

  std::optional<Proposal> run() {
    Proposal proposal{.opens = false, .edits = {}, .instead = {}};
    std::vector<ir::FlowId> done;
    for (const Cause& cause : why_.causes) {
      if (cause.kind == Cause::Kind::zone) {
        proposal.edits.push_back(isolate(cause));
      } else if (cause.kind == Cause::Kind::renewal) {
        proposal.edits.push_back(remove_relay(cause));
      } else if (std::ranges::find(done, cause.flow) == done.end()) {
        const std::vector<ir::FlowId> line = flows_of_line(policy_, cause.flow);
        done.insert(done.end(), line.begin(), line.end());
        proposal.instead.clear();
        proposal.edits.push_back(close(cause.flow, line, proposal.instead));
      }
      if (proposal.edits.size() > most_edits) return std::nullopt;
    }
    if (proposal.edits.empty()) return std::nullopt;
    if (proposal.edits.size() > 1) judge_together(proposal);
    return proposal;
  }

 private:
  // Two lines that permit the same lose it only when both are closed: what each of them loses in the end.
  void judge_together(Proposal& proposal) {
    proposal.instead.clear();
    const ir::Policy after = edited(policy_, proposal.edits);
    const Intent intent(after);
    const PacketSet left = inquiry_.set(intent.rules());
    for (std::size_t at = 0; at < proposal.edits.size(); ++at) {
      const PacketSet more = inquiry_.minus(set_of(edited_[at]), inquiry_.asked());
      proposal.edits[at].beyond = inquiry_.cubes(inquiry_.minus(more, left));
    }
  }

  // What is lost that nobody asked to close, of packets that nobody else permits.
  PacketSet beyond(const PacketSet& lost, const Space& among, std::span<const std::size_t> rules) {
    const PacketSet more = inquiry_.minus(lost, inquiry_.asked());
    return inquiry_.empty(more) ? more : inquiry_.minus(more, inquiry_.permitted(among, rules));
  }

  template <class Wanted>
  [[nodiscard]] std::vector<std::size_t> rules_where(Wanted wanted) const {
    std::vector<std::size_t> rules;
    for (std::size_t rule = 0; rule < inquiry_.intent().rules().size(); ++rule) {
      if (wanted(inquiry_.intent().cause(rule))) rules.push_back(rule);
    }
    return rules;
  }

  Edit isolate(const Cause& cause) {
    Edit edit{.kind = Kind::isolate, .zone = cause.from};
    const auto rules = rules_where([&](const Cause& other) { return other == cause; });
    edited_.push_back(rules);
    const ir::Addresses hosts = ir::hosts_of(policy_, policy_.zones[cause.from]);
    const Space all(hosts, hosts, packet::ServiceSet{packet::ServiceTerm{}});
    edit.beyond = inquiry_.cubes(beyond(set_of(rules), all, rules));
    return edit;
  }

  Edit remove_relay(const Cause& cause) {
    Edit edit{.kind = Kind::remove_relay, .network = cause.network};
    const auto rules = rules_where([&](const Cause& other) { return other == cause; });
    edited_.push_back(rules);
    const Space all(ir::hosts_of(policy_, cause.network),
                    ir::addresses_of(policy_, policy_.endpoints[policy_.networks[cause.network].dhcp->relay]),
                    packet::ServiceSet{packet::ServiceTerm{}});
    edit.beyond = inquiry_.cubes(beyond(set_of(rules), all, rules));
    return edit;
  }

  PacketSet set_of(std::span<const std::size_t> rules) {
    std::vector<packet::MatchRule> list;
    for (const std::size_t rule : rules) list.push_back(inquiry_.intent().rules()[rule]);
    return inquiry_.set(list);
  }

  // A line of the policy as one product, which all its flows are part of.
  struct Line {
    ir::FlowId id;
    ir::Addresses from, to;
    std::vector<std::size_t> rules;
    PacketSet whole;
    bool device_from = false, device_to = false;
  };

  Edit close(ir::FlowId id, const std::vector<ir::FlowId>& flows, std::vector<Edit>& instead) {
    Line line{.id = id, .from = {}, .to = {}, .rules = {}, .whole = inquiry_.asked()};
    for (const ir::FlowId each : flows) {
      const ir::Flow& flow = policy_.flow(each);
      ir::add(line.from, ir::addresses_of(policy_, policy_.endpoints[flow.from]));
      ir::add(line.to, ir::addresses_of(policy_, policy_.endpoints[flow.to]));
      line.device_from = line.device_from || policy_.endpoints[flow.from].device.valid();
      line.device_to = line.device_to || policy_.endpoints[flow.to].device.valid();
    }
    line.rules = rules_where([&](const Cause& cause) {
      return cause.kind == Cause::Kind::flow && std::ranges::find(flows, cause.flow) != flows.end();
    });
    line.whole = set_of(line.rules);
    edited_.push_back(line.rules);
    Choice choice(inquiry_);
    consider_services(choice, line);
    if (!line.device_from) consider_except(choice, line, true);
    if (!line.device_to) consider_except(choice, line, false);
    consider(choice, {.kind = Kind::remove_flow, .flow = id}, line, line.whole);
    return *choice.best(&instead);
  }

  void consider(Choice& choice, Edit edit, const Line& line, const PacketSet& lost) {
    const Space among(line.from, line.to, packet::ServiceSet{packet::ServiceTerm{}});
    choice.consider(std::move(edit), beyond(lost, among, line.rules));
  }

  // Those of the line that the question speaks of.
  void consider_services(Choice& choice, const Line& line) {
    const packet::ServiceSet& terms = policy_.service_lists[policy_.flow(line.id).services].terms;
    const auto left = without(terms, inquiry_.question().services);
    if (!left || left->empty()) return;
    const Space kept(line.from, line.to, *left);
    const PacketSet lost = inquiry_.minus(line.whole, inquiry_.set(kept.rules()));
    consider(choice,
             {.kind = Kind::remove_services, .flow = line.id, .services = inquiry_.question().services}, line,
             lost);
  }

  void consider_except(Choice& choice, const Line& line, bool from) {
    const ir::FlowSet& question = inquiry_.question();
    const ir::Addresses taken = intersect(from ? line.from : line.to, from ? question.from : question.to);
    // It takes them from both ends, but never a device from its own.
    const ir::Addresses sources = line.device_from ? line.from : subtract(line.from, taken);
    const ir::Addresses targets = line.device_to ? line.to : subtract(line.to, taken);
    if (taken.empty() || sources.empty() || targets.empty()) return;
    const Space kept(sources, targets, packet::ServiceSet{packet::ServiceTerm{}});
    const PacketSet lost = inquiry_.minus(line.whole, inquiry_.set(kept.rules()));
    consider(choice, {.kind = Kind::add_except, .flow = line.id, .except = taken}, line, lost);
  }

  Inquiry& inquiry_;
  const ir::Policy& policy_;
  const Why& why_;
  std::vector<std::vector<std::size_t>> edited_;  // permits of what each edit is about
};

// The policy is edited and asked again.
bool turns(const Inquiry& inquiry, const Proposal& proposal) {
  const ir::Policy after = edited(inquiry.policy(), proposal.edits);
  const Intent intent(after);
  const Inquiry again(intent, inquiry.question(), {});
  return again.empty(proposal.opens ? again.denied() : again.allowed());
}

}  // namespace

std::vector<Proposal> propose(Inquiry& inquiry, const Why& why) {
  std::vector<Proposal> proposals;
  const auto add = [&](std::optional<Proposal> proposal) {
    if (proposal && turns(inquiry, *proposal)) proposals.push_back(std::move(*proposal));
  };
  if (!why.denied.empty()) add(Opener(inquiry, why).run());
  if (!why.allowed.empty()) add(Closer(inquiry, why).run());
  return proposals;
}

}  // namespace cordon::change
