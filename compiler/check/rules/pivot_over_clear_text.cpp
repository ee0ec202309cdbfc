// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A step in clear text on a way from outside to a medical device: whoever listens there, or answers in
// another's place, is one step further without breaking anything.
//
// A step counts when it leads away from outside and towards the devices. Ways through jump hosts count too.

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/check/attack_ways.h"
#include "compiler/check/protocols.h"
#include "compiler/check/rules.h"
#include "compiler/check/zone_flows.h"
#include "compiler/ir/endpoint_addresses.h"

namespace cordon::check {
namespace {

constexpr std::uint32_t nowhere = graph::Digraph::none;

// By vertex: the fewest steps from the parties, or to them. What is passed through costs none.
std::vector<std::uint32_t> steps(const graph::ExposureGraph& exposure, const std::vector<PartyId>& parties,
                                 bool forward) {
  const graph::Digraph& digraph = exposure.digraph();
  std::vector<std::uint32_t> found(digraph.vertex_count(), nowhere);
  std::deque<std::uint32_t> work;
  for (const PartyId party : parties) {
    found[party.value] = 0;
    work.push_back(party.value);
  }
  while (!work.empty()) {
    const std::uint32_t at = work.front();
    work.pop_front();
    for (const std::uint32_t arc : forward ? digraph.leaving(at) : digraph.entering(at)) {
      const std::uint32_t next = forward ? digraph.arcs()[arc].to : digraph.arcs()[arc].from;
      const std::uint32_t cost = found[at] + (exposure.is_party(next) ? 1 : 0);
      if (found[next] <= cost) continue;
      found[next] = cost;
      exposure.is_party(next) ? work.push_back(next) : work.push_front(next);
    }
  }
  return found;
}

class Ways {
 public:
  explicit Ways(const Context& context)
      : context_(context),
        outside_(parties_of(context, is_untrusted)),
        devices_(parties_of(context, is_medical)),
        before_(steps(context.exposure(), outside_, true)),
        after_(steps(context.exposure(), devices_, false)) {}

  // A way that the flow is a step of, unless it is the only one; empty: there is none.
  [[nodiscard]] std::vector<PartyId> over(const FlowFact& fact) const {
    const auto& parties = context_.exposure().parties();
    std::map<std::pair<std::uint32_t, std::uint32_t>, PartyId> starts;
    for (const PartyId party : parties.met_by(*fact.from)) {
      if (before_[party.value] != nowhere && after_[party.value] != nowhere)
        starts.try_emplace({before_[party.value], after_[party.value]}, party);
    }
    for (const PartyId party : parties.met_by(*fact.to)) {
      const std::uint32_t before = before_[party.value], after = after_[party.value];
      if (before == 0 || before == nowhere || after == nowhere) continue;
      const auto start = starts.find({before - 1, after + 1});
      if (start != starts.end() && before + after > 1) return join(start->second, party);
    }
    return {};
  }

 private:
  [[nodiscard]] std::vector<PartyId> join(PartyId start, PartyId end) const {
    const graph::ExposureGraph& exposure = context_.exposure();
    const std::vector<PartyId> first{start}, last{end};
    auto to = attack_paths(exposure, outside_, first, 1), from = attack_paths(exposure, last, devices_, 1);
    if (to.empty() || from.empty()) return {};
    std::vector<PartyId> way = std::move(to.front().parties);
    way.insert(way.end(), from.front().parties.begin(), from.front().parties.end());
    std::vector<PartyId> sorted = way;
    std::ranges::sort(sorted);
    return std::ranges::adjacent_find(sorted) == sorted.end() ? way : std::vector<PartyId>{};
  }

  const Context& context_;
  std::vector<PartyId> outside_, devices_;
  std::vector<std::uint32_t> before_, after_;  // steps from outside, steps to devices
};

// What of the flow anyone on the way can read, passwords before all; nothing where it says what protects it.
std::optional<Recognised> readable(const FlowFact& fact) {
  const std::string& encryption = fact.flow->encryption;
  if (!encryption.empty() && encryption != "none") return std::nullopt;
  auto seen = recognise(*fact.services, Use::login);
  return seen ? seen : recognise(*fact.services, Use::clear);
}

}  // namespace

void pivot_over_clear_text(const Context& context, Findings& findings) {
  if (std::ranges::none_of(context.policy().zones, is_medical)) return;
  const Ways ways(context);
  const ir::Conduit* told = nullptr;  // one finding for a conduit
  for_each_zone_flow(context, [&](const FlowFact& fact, const ir::Zone& from, const ir::Zone& to) {
    if (fact.conduit == told || is_medical(from) || is_untrusted(to)) return;
    const std::optional<Recognised> seen = readable(fact);
    if (!seen) return;
    const std::vector<PartyId> way = ways.over(fact);
    if (way.empty()) return;
    told = fact.conduit;
    findings
        .raise(kind::pivot_over_clear_text, fact.flow->services_range, element_of(*fact.conduit), from.name,
               to.name, seen->text)
        .label(fact.flow->from_range, "an intruder from outside may stand here")
        .label(fact.flow->to_range, "and is one step nearer to medical devices here")
        .traffic({addresses_of(context.policy(), *fact.from), addresses_of(context.policy(), *fact.to),
                  seen->services})
        .path(hops_along(context, way))
        .help(
            "use the encrypted form of the service (`ssh`, `https`), or state what protects it: `encryption: "
            "tls`")
        .emit();
  });
}

}  // namespace cordon::check
