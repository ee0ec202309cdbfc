// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/flow_redundancy.h"

#include <algorithm>
#include <utility>

#include "compiler/ir/endpoint_addresses.h"

namespace cordon::check {
namespace {

void gather(const Context& context, FlowRedundancy& out) {
  const ir::Policy& policy = context.policy();
  std::vector<ir::Addresses> ends;
  for (const ir::Endpoint& endpoint : policy.endpoints) ends.push_back(ir::addresses_of(policy, endpoint));
  const FlowFact* previous = nullptr;
  for (std::uint32_t position = 0; position < context.flows().size(); ++position) {
    const FlowFact& fact = context.flow(position);
    const ir::Addresses& from = ends[fact.flow->from.value];
    const ir::Addresses& to = ends[fact.flow->to.value];
    if (previous != nullptr && previous->conduit == fact.conduit &&
        previous->flow->number == fact.flow->number) {
      ir::add(out.traffic.back().from, from);
      ir::add(out.traffic.back().to, to);
    } else {
      out.facts.push_back(position);
      out.traffic.push_back({from, to, *fact.services});
    }
    previous = &fact;
  }
}

void append(std::string& list, std::string_view word) {
  list += (list.empty() ? "" : ", ") + std::string(word);
}

}  // namespace

FlowRedundancy flow_redundancy(const Context& context) {
  FlowRedundancy out;
  gather(context, out);
  auto found = find_superfluous(out.traffic);
  out.decided = found.has_value();
  if (out.decided) out.found = std::move(*found);
  return out;
}

std::string flow_name(const FlowFact& fact) {
  return fmt::format("flow {} of conduit `{}`", fact.flow->number, fact.conduit->name);
}

std::string differences(const FlowFact& a, const FlowFact& b) {
  std::string list;
  if (a.flow->log != b.flow->log) append(list, "log");
  if (a.flow->data != b.flow->data) append(list, "data");
  if (a.flow->encryption != b.flow->encryption) append(list, "encryption");
  if (a.conduit->owner != b.conduit->owner) append(list, "owner");
  if (a.conduit->ticket != b.conduit->ticket) append(list, "ticket");
  if (a.conduit->expires != b.conduit->expires) append(list, "expires");
  return list;
}

Cover cover_of(const Context& context, const Superfluous& found) {
  constexpr std::size_t shown = 6;
  const FlowRedundancy& redundancy = context.redundancy();
  const FlowFact& fact = context.flow(redundancy.facts[found.part]);
  Cover cover;
  for (std::size_t place = 0; place < std::min(found.by.size(), shown); ++place) {
    const FlowFact& other = context.flow(redundancy.facts[found.by[place]]);
    const std::string differ = differences(fact, other);
    cover.labels.push_back(
        {other.flow->range, flow_name(other) + (differ.empty() ? "" : "; differs in " + differ)});
  }
  if (found.by.size() > shown)
    cover.notes.push_back(fmt::format("it takes {} flows; the first {} are shown", found.by.size(), shown));
  return cover;
}

}  // namespace cordon::check
