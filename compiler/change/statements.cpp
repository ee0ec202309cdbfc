// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/change/statements.h"

#include <algorithm>
#include <optional>

#include "compiler/ir/endpoint_addresses.h"

namespace cordon::change {
namespace {

using Bearing = Statement::Bearing;

class Reader {
 public:
  explicit Reader(Inquiry& inquiry) : inquiry_(inquiry), evidence_(inquiry.policy().evidence) {}

  std::vector<Statement> run() {
    for (std::size_t at = 0; at < evidence_.tests.size(); ++at) {
      const ir::PolicyTest& test = evidence_.tests[at];
      add(Statement::Kind::test, at, claimed(Space(inquiry_.policy(), test.traffic), test.allow));
    }
    for (std::size_t at = 0; at < evidence_.assertions.size(); ++at)
      add(Statement::Kind::assertion, at, bearing(evidence_.assertions[at]));
    for (std::size_t at = 0; at < evidence_.waivers.size(); ++at) {
      for (const ir::Traffic& accepted : evidence_.waivers[at].accepts) {
        if (!speaks(Space(inquiry_.policy(), accepted))) continue;
        add(Statement::Kind::waiver, at, Bearing::speaks);
        break;
      }
    }
    return std::move(found_);
  }

 private:
  void add(Statement::Kind kind, std::size_t index, std::optional<Bearing> bearing) {
    if (bearing) found_.push_back({kind, *bearing, index});
  }

  std::optional<Bearing> bearing(const ir::Assertion& assertion) {
    using Kind = ir::Assertion::Kind;
    if (assertion.kind == Kind::only)
      return claimed(Space(closed_by_only(inquiry_.policy(), assertion)), false);
    const Space space(inquiry_.policy(), assertion.traffic);
    if (assertion.kind == Kind::always) return claimed(space, true);
    if (assertion.kind == Kind::never) return claimed(space, false);
    return speaks(space) ? std::optional(Bearing::speaks) : std::nullopt;
  }

  // Cheap for most, which share no address with the question.
  [[nodiscard]] bool near(const Space& space) const {
    return std::ranges::any_of(space.rules(), [&](const packet::MatchRule& rule) {
      const packet::Family family = rule.match.family;
      return packet::intersects(*rule.match.source, inquiry_.question().from.of(family)) &&
             packet::intersects(*rule.match.destination, inquiry_.question().to.of(family));
    });
  }

  std::optional<Bearing> claimed(const Space& space, bool open) {
    if (!near(space)) return std::nullopt;
    const packet::PacketSet set = inquiry_.set(space.rules());
    if (inquiry_.meet(set, open ? inquiry_.denied() : inquiry_.allowed())) return Bearing::contradicts;
    if (inquiry_.meet(set, open ? inquiry_.allowed() : inquiry_.denied())) return Bearing::pins;
    return std::nullopt;
  }
  bool speaks(const Space& space) {
    return near(space) && inquiry_.meet(inquiry_.set(space.rules()), inquiry_.asked());
  }

  Inquiry& inquiry_;
  const ir::Evidence& evidence_;
  std::vector<Statement> found_;
};

}  // namespace

ir::FlowSet closed_by_only(const ir::Policy& policy, const ir::Assertion& assertion) {
  ir::FlowSet closed;
  for (const ir::NetworkId id : policy.networks.ids()) ir::add(closed.from, ir::hosts_of(policy, id));
  for (const ir::EndpointId id : assertion.traffic.from)
    closed.from = subtract(closed.from, ir::addresses_of(policy, policy.endpoints[id]));
  for (const ir::EndpointId id : assertion.traffic.to)
    ir::add(closed.to, ir::addresses_of(policy, policy.endpoints[id]));
  closed.services = assertion.traffic.services.valid()
                        ? policy.service_lists[assertion.traffic.services].terms
                        : packet::ServiceSet{packet::ServiceTerm{}};
  return closed;
}

std::vector<Statement> statements_about(Inquiry& inquiry) { return Reader(inquiry).run(); }

}  // namespace cordon::change
