// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/running_query.h"

#include <algorithm>
#include <map>
#include <utility>

#include "compiler/change/causes.h"
#include "compiler/change/deciding.h"
#include "compiler/change/near_rules.h"
#include "compiler/ir/endpoint_addresses.h"

namespace cordon::change {
namespace {

using packet::Decided;
using packet::PacketSet;

// What became of one question, told in parts.
class Teller {
 public:
  Teller(RunningPermits& running, const ir::Addresses& from, const ir::Addresses& to,
         const packet::ServiceSet& services)
      : running_(running),
        space_(running.space()),
        fate_(running.ask(from, to, services)),
        through_(either(either(fate_.allowed, fate_.differs), fate_.some)),
        wanted_(space_.empty()) {
    const Intent& intent = running.intent();
    std::vector<packet::MatchRule> rules;
    for (std::size_t rule = 0; rule < intent.rules().size(); ++rule) {
      if (!joins(intent.rules()[rule].match, from, to)) continue;
      rules.push_back(intent.rules()[rule]);
      causes_.push_back(intent.cause_numbers()[rule]);
      near_.push_back(rule);
    }
    wanted_ = both(fate_.asked, value(space_.permitted(rules)));
    const PacketSet on_link = minus(running.on_link(through_), wanted_);
    if (on_link == space_.empty()) return;
    through_ = minus(through_, on_link);
    for (const ir::DeviceId id : intent.policy().devices.ids()) {
      const ir::Addresses own = ir::own_addresses(intent.policy().devices[id]);
      if (both(on_link, value(space_.permitted(Space(own, to, any_service_).rules()))) != space_.empty())
        on_link_.push_back(id);
    }
  }

  [[nodiscard]] const RunningFate& fate() const { return fate_; }
  [[nodiscard]] const PacketSet& through() const { return through_; }
  [[nodiscard]] const std::vector<ir::DeviceId>& on_link() const { return on_link_; }

  // Of what lies between these ends.
  [[nodiscard]] RunningFound tell(const ir::Addresses& from, const ir::Addresses& to) {
    const Space among(from, to, any_service_);
    return among.empty() ? RunningFound() : tell(value(space_.permitted(among.rules())));
  }
  [[nodiscard]] RunningFound tell_all() { return tell(space_.full()); }

  // What goes beyond the policy is often all of it: listing a set again costs as much as the first time.
  [[nodiscard]] Part part(const PacketSet& set) {
    const auto known = std::ranges::find(listed_, set, &std::pair<PacketSet, Part>::first);
    if (known != listed_.end()) return known->second;
    Part part{.cubes = value(space_.cover(set)), .example = space_.witness(set)};
    if (part.example) part.example = between_two(*part.example, part.cubes);
    listed_.emplace_back(set, part);
    return part;
  }
  [[nodiscard]] std::vector<Blind> blind() { return running_.blind_for(either(fate_.unknown, fate_.some)); }

 private:
  [[nodiscard]] RunningFound tell(const PacketSet& region) {
    RunningFound found;
    const PacketSet through = both(through_, region), wanted = both(wanted_, region);
    const PacketSet differs = both(fate_.differs, region);
    const PacketSet beyond = minus(through, wanted);
    const PacketSet short_of = both(wanted, either(fate_.denied, fate_.differs));
    found.through = part(through);
    found.causes = causes_of(both(through, wanted));
    found.differs = part(differs);
    if (!found.differs.empty()) found.differs_by = running_.rules_for(differs, false);
    found.beyond = part(beyond);
    if (!found.beyond.empty()) found.beyond_by = running_.rules_for(beyond, true);
    found.short_of = part(short_of);
    if (!found.short_of.empty()) found.short_of_by = running_.rules_for(short_of, false);
    found.some = part(both(fate_.some, region));
    found.unknown = part(both(fate_.unknown, region));
    return found;
  }

  [[nodiscard]] std::vector<std::uint32_t> causes_of(const PacketSet& set) {
    std::vector<std::uint32_t> causes;
    if (set == space_.empty()) return causes;
    for (std::size_t at = 0; at < near_.size(); ++at) {
      if (std::ranges::find(causes, causes_[at]) != causes.end()) continue;
      const PacketSet own = value(space_.permitted({&running_.intent().rules()[near_[at]], 1}));
      if (both(own, set) != space_.empty()) causes.push_back(causes_[at]);
    }
    std::ranges::sort(causes);
    return causes;
  }

  [[nodiscard]] PacketSet both(const PacketSet& a, const PacketSet& b) {
    return value(space_.intersect(a, b));
  }
  [[nodiscard]] PacketSet either(const PacketSet& a, const PacketSet& b) { return value(space_.unite(a, b)); }
  [[nodiscard]] PacketSet minus(const PacketSet& a, const PacketSet& b) {
    return value(space_.subtract(a, b));
  }

  RunningPermits& running_;
  packet::PacketSpace& space_;
  RunningFate fate_;
  PacketSet through_, wanted_;
  std::vector<std::pair<PacketSet, Part>> listed_;
  std::vector<ir::DeviceId> on_link_;
  std::vector<std::size_t> near_;  // permits of the policy between the ends
  std::vector<std::uint32_t> causes_;
  packet::ServiceSet any_service_{packet::ServiceTerm{}};
};

const packet::ServiceSet& any_service() {
  static const packet::ServiceSet any{packet::ServiceTerm{}};
  return any;
}

ir::Addresses all_of(std::span<const End> ends) {
  ir::Addresses all;
  for (const End& end : ends) ir::add(all, end.addresses);
  return all;
}

ir::Addresses addresses_of(const ir::Policy& policy, const std::vector<ir::EndpointId>& ends) {
  ir::Addresses all;
  for (const ir::EndpointId id : ends) ir::add(all, ir::addresses_of(policy, policy.endpoints[id]));
  return all;
}

// Of a failed test what is otherwise, of an incomplete one what is unknown.
TestResult test(RunningPermits& running, const ir::PolicyTest& test) {
  const ir::Policy& policy = running.intent().policy();
  packet::PacketSpace& space = running.space();
  TestResult result;
  result.test = &test;
  result.name = title_of(policy, test);
  const packet::ServiceSet& services =
      test.traffic.services.valid() ? policy.service_lists[test.traffic.services].terms : any_service();
  const RunningFate fate =
      running.ask(addresses_of(policy, test.traffic.from), addresses_of(policy, test.traffic.to), services);
  const PacketSet unsure = test.allow ? value(space.unite(fate.unknown, fate.some)) : fate.unknown;
  PacketSet otherwise = value(space.unite(fate.differs, test.allow ? fate.denied : fate.allowed));
  if (!test.allow) otherwise = value(space.unite(otherwise, fate.some));
  const bool failed = otherwise != space.empty();
  if (fate.asked == space.empty()) {
    result.outcome = Outcome::vacuous;
  } else if (failed || unsure != space.empty()) {
    const PacketSet& set = failed ? otherwise : unsure;
    result.outcome = failed ? Outcome::failed : Outcome::incomplete;
    result.otherwise = value(space.cover(set));
    result.example = space.witness(set);
    if (!failed) result.blind = running.blind_for(set);
    if (failed) result.by = running.rules_for(set, !test.allow);
    if (failed && !test.allow) {
      if (const auto undecided = add_causes(space, set, result.otherwise, running.intent(), result.causes))
        throw Exhausted{*undecided};
    }
  } else if (result.blind = running.blind_for(space.empty()); !result.blind.empty()) {
    result.outcome = Outcome::incomplete;
  }
  return result;
}

}  // namespace

Decided<RunningReach> running_reach(RunningPermits& running, const ir::FlowSet& flow) {
  return decide([&] {
    Teller teller(running, flow.from, flow.to, flow.services);
    RunningReach reach;
    reach.vacuous = teller.fate().asked == running.space().empty();
    reach.found = teller.tell_all();
    reach.denied = teller.part(teller.fate().denied);
    reach.blind = teller.blind();
    reach.on_link = teller.on_link();
    return reach;
  });
}

Decided<RunningOutcome> running_outcome(RunningPermits& running, const ir::FlowSet& flow) {
  return decide([&] {
    Teller teller(running, flow.from, flow.to, flow.services);
    const RunningFate& fate = teller.fate();
    RunningOutcome answer;
    answer.fate.allowed = teller.part(fate.allowed);
    answer.fate.denied = teller.part(fate.denied);
    answer.fate.differs = teller.part(fate.differs);
    answer.fate.unknown = teller.part(value(running.space().unite(fate.unknown, fate.some)));
    answer.blind = teller.blind();
    return answer;
  });
}

Decided<RunningEnds> running_who_reaches(RunningPermits& running, std::span<const End> ends,
                                         const ir::Addresses& set) {
  return decide([&] {
    Teller teller(running, all_of(ends), set, any_service());
    RunningEnds answer{.found = {}, .blind = teller.blind(), .on_link = teller.on_link()};
    for (std::size_t end = 0; end < ends.size(); ++end)
      answer.found.push_back({end, teller.tell(ends[end].addresses, set)});
    return answer;
  });
}

Decided<RunningEnds> running_reached_from(RunningPermits& running, std::span<const End> ends,
                                          const ir::Addresses& set) {
  return decide([&] {
    Teller teller(running, set, all_of(ends), any_service());
    RunningEnds answer{.found = {}, .blind = teller.blind(), .on_link = teller.on_link()};
    for (std::size_t end = 0; end < ends.size(); ++end)
      answer.found.push_back({end, teller.tell(set, ends[end].addresses)});
    return answer;
  });
}

Decided<RunningLines> running_lines(RunningPermits& running, const ir::FlowSet& flow) {
  return decide([&] {
    Teller teller(running, flow.from, flow.to, flow.services);
    packet::PacketSpace& space = running.space();
    const PacketSet arrives = value(space.unite(teller.through(), teller.fate().unknown));
    std::map<std::pair<ir::DeviceId, source::Range>, PacketSet> permitted;
    running.visit_rules(teller.fate().asked, [&](const RunningRule& rule, const PacketSet& hit) {
      if (!rule.permits) return;
      const auto [entry, fresh] = permitted.try_emplace({rule.device, rule.line}, hit);
      if (!fresh) entry->second = value(space.unite(entry->second, hit));
    });
    RunningLines answer;
    for (const auto& [line, set] : permitted) {
      answer.lines.push_back({.device = line.first,
                              .line = line.second,
                              .part = teller.part(set),
                              .through = value(space.intersect(set, arrives)) != space.empty()});
    }
    answer.unknown = teller.part(teller.fate().unknown);
    // A line that is not understood may permit something, though others refuse it.
    answer.blind = running.blind_for(teller.fate().asked);
    return answer;
  });
}

Decided<RunningRoundtrip> running_roundtrip(RunningPermits& running, const ir::FlowSet& flow) {
  return decide([&] {
    Teller teller(running, flow.from, flow.to, flow.services);
    RunningRoundtrip answer;
    answer.there = teller.tell_all();
    answer.blind = teller.blind();
    const RunningFate back = running.ask_replies(teller.through());
    answer.answered = teller.part(back.allowed);
    answer.lost = teller.part(back.denied);
    answer.differs = teller.part(back.differs);
    packet::PacketSpace& space = running.space();
    const PacketSet unsure = value(space.unite(back.unknown, back.some));
    answer.unknown = teller.part(unsure);
    const PacketSet refused = value(space.unite(back.denied, back.differs));
    if (refused != space.empty()) answer.lost_by = running.rules_for(refused, false);
    if (unsure != space.empty()) answer.blind_back = running.blind_for(unsure);
    return answer;
  });
}

Decided<std::vector<TestResult>> run_tests(RunningPermits& running, std::span<const ir::PolicyTest> tests) {
  return decide([&] {
    std::vector<TestResult> results;
    for (const ir::PolicyTest& each : tests) results.push_back(test(running, each));
    return results;
  });
}

}  // namespace cordon::change
