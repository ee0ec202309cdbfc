// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/assertions/answer.h"

#include <algorithm>
#include <set>
#include <utility>

#include "compiler/ir/endpoint_addresses.h"

namespace cordon::check {
namespace {

constexpr std::size_t causes_shown = 6;
constexpr std::size_t products_shown = 8;

ir::Addresses addresses_of(const ir::Policy& policy, const std::vector<ir::EndpointId>& ends) {
  ir::Addresses all;
  for (const ir::EndpointId end : ends) ir::add(all, ir::addresses_of(policy, policy.endpoints[end]));
  return all;
}

// As the policy's author called them.
std::string text_of(const ir::Policy& policy, const std::vector<ir::EndpointId>& ends) {
  std::string text;
  for (const ir::EndpointId id : ends) {
    const ir::Endpoint& end = policy.endpoints[id];
    text += text.empty() ? "" : ", ";
    text += end.device.valid() ? "device " + policy.devices[end.device].name : end.label;
  }
  return text;
}

// An address that a host could have, if the set has one: not the first or last of an IPv4 prefix.
ir::Address a_host(const ir::Policy& policy, const ir::AddressSet& set) {
  ir::AddressSet hosts = set;
  if (set.family() == ir::Family::ipv4) {
    std::vector<packet::AddressRange> edges;
    for (const ir::Network& network : policy.networks) {
      for (const ir::Prefix& prefix : network.prefixes) {
        if (prefix.family() != set.family() || prefix.length > 30) continue;
        edges.push_back({prefix.first(), prefix.first()});
        edges.push_back({prefix.last(), prefix.last()});
      }
    }
    hosts = subtract(set, ir::AddressSet(set.family(), std::move(edges)));
  }
  return {set.family(), (hosts.empty() ? set : hosts).ranges().front().first};
}

// A packet from one host to another; the plainest of the set may be from a host to itself.
Traffic between_two(const ir::Policy& policy, const Traffic& products) {
  for (const TrafficPart& product : products) {
    for (const ir::Family family : packet::families) {
      if (product.from.of(family).empty() || product.to.of(family).empty()) continue;
      TrafficPart part;
      part.services = product.services;
      const ir::AddressSet to(a_host(policy, product.to.of(family)));
      const ir::AddressSet others = subtract(product.from.of(family), to);
      const ir::AddressSet from(a_host(policy, others.empty() ? product.from.of(family) : others));
      part.from.of(family) = from;
      part.to.of(family) =
          others.empty() ? ir::AddressSet(a_host(policy, subtract(product.to.of(family), from))) : to;
      return {std::move(part)};
    }
  }
  return {};
}

Answering* answering(ir::Assertion::Kind kind) {
  using Kind = ir::Assertion::Kind;
  switch (kind) {
    case Kind::never:
      return answer_never;
    case Kind::always:
      return answer_always;
    case Kind::only:
      return answer_only;
    case Kind::via:
      return answer_via;
    case Kind::at_least:
      return answer_at_least;
    case Kind::roundtrip:
      return answer_roundtrip;
  }
  return answer_never;
}

}  // namespace

const ir::AddressNames& Desk::names() {
  if (!names_) names_.emplace(policy());
  return *names_;
}

const Steps& Desk::steps() {
  if (!steps_) steps_.emplace(context_);
  return *steps_;
}

Asked::Asked(Desk& the_desk, const ir::Assertion& the_assertion)
    : desk(the_desk),
      assertion(the_assertion),
      from(addresses_of(the_desk.policy(), the_assertion.traffic.from)),
      to(addresses_of(the_desk.policy(), the_assertion.traffic.to)),
      through(addresses_of(the_desk.policy(), the_assertion.through)),
      from_text(text_of(the_desk.policy(), the_assertion.traffic.from)),
      to_text(text_of(the_desk.policy(), the_assertion.traffic.to)),
      through_text(text_of(the_desk.policy(), the_assertion.through)),
      service_text("any service") {
  if (!the_assertion.traffic.services.valid()) return;
  services = &the_desk.policy().service_lists[the_assertion.traffic.services].terms;
  service_text = check::service_text(*services);
}

Traffic Asked::all() const {
  TrafficPart part{from, to, services == nullptr ? packet::ServiceSet{packet::ServiceTerm{}} : *services};
  return {std::move(part)};
}

Answer undecided() {
  Answer answer;
  answer.outcome = Outcome::undecided;
  answer.text = "the sets it compares are beyond the work limit";
  answer.helps.emplace_back("split the assertion into several with smaller ends");
  return answer;
}

Answer vacuous(std::string text) {
  Answer answer;
  answer.outcome = Outcome::vacuous;
  answer.text = std::move(text);
  return answer;
}

void add_set(const Asked& asked, const Traffic& traffic, Answer& answer) {
  const std::vector<std::string> lines = traffic_lines(asked.desk.names(), traffic, products_shown);
  if (lines.size() > 1) {
    for (const std::string& line : lines) answer.notes.push_back("in full: " + line);
  }
  const auto packet = example(between_two(asked.policy(), traffic));
  if (packet && *packet) answer.notes.push_back("packet: " + example_text(**packet));
}

void add_causes(const Asked& asked, const std::vector<Opening>& openings, Answer& answer) {
  const ir::Policy& policy = asked.policy();
  std::set<std::pair<std::uint32_t, std::uint32_t>> shown;
  std::size_t more = 0;
  for (const Opening& opening : openings) {
    const Range range =
        opening.flow == nullptr ? policy.zones[opening.within].name_range : opening.flow->flow->from_range;
    if (!shown.insert({range.file.value, range.begin}).second) continue;
    if (answer.causes.size() == causes_shown) {
      ++more;
      continue;
    }
    answer.causes.push_back(
        {range, opening.flow == nullptr
                    ? "hosts of one zone talk freely"
                    : fmt::format("opens {}", check::service_text(opening.part.services))});
  }
  if (more > 0) answer.notes.push_back(fmt::format("{} more flows open some of it", more));
}

void add_way(const Asked& asked, const std::vector<const FlowFact*>& way, Answer& answer) {
  for (std::size_t at = 0; at < way.size(); ++at) {
    answer.path.push_back(hop_of(asked.policy(), *way[at]));
    const Range range = way[at]->flow->from_range;
    const bool known = std::ranges::any_of(
        answer.causes, [&](const diagnostics::Label& label) { return label.range == range; });
    if (!known) answer.causes.push_back({range, fmt::format("step {} of {}", at + 1, way.size())});
  }
}

std::optional<Traffic> exact(const std::vector<Opening>& openings) {
  const auto products = canonical(traffic_of(openings));
  if (!products) return std::nullopt;
  return without_self(*products);
}

// That nothing can be opened directly is no answer by itself: in steps a host of both families is a bridge,
// and others than `from` may reach `to`.
Answer answer(Desk& desk, const ir::Assertion& assertion) {
  const Asked asked(desk, assertion);
  Answer found = answering(assertion.kind)(asked);
  if (found.outcome != Outcome::held || assertion.kind == ir::Assertion::Kind::only) return found;
  if (!holds_packets(asked.all())) {
    return vacuous(fmt::format("{} and {} have no address family in common in which {} can occur",
                               asked.from_text, asked.to_text, asked.service_text));
  }
  const auto pairs = canonical(asked.all());
  if (!pairs) return undecided();
  if (without_self(*pairs).empty())
    return vacuous(fmt::format("both ends are the same host, {}", asked.from_text));
  return found;
}

}  // namespace cordon::check
