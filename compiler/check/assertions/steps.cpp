// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/assertions/steps.h"

#include <algorithm>
#include <array>

#include "compiler/check/assertions/openings.h"
#include "compiler/ir/endpoint_addresses.h"

namespace cordon::check {
namespace {

using ir::Family;

std::size_t index_of(Family family) { return static_cast<std::size_t>(family); }

}  // namespace

// One question, asked forwards from `from`, or backwards from `to`.
class Search {
 public:
  using Touches = Steps::Touches;
  Search(const Steps& steps, const Steps::Question& question, bool forwards)
      : steps_(steps),
        question_(question),
        forwards_(forwards),
        from_(steps.touches(question.from, question.left_out)),
        to_(steps.touches(question.to, question.left_out)),
        seen_(steps.leaving_.size()),
        met_(steps.leaving_.size()),
        held_(steps.leaving_.size()),
        fired_(steps.context_.flows().size()) {}

  // Everything that is reached from the ends; forwards, arrivals are told as they come.
  void run() {
    if (forwards_) {
      for (const Steps::Touch& touch : from_) reach(touch.unit, touch.addresses, none, none);
    } else {
      for (std::uint32_t flow = 0; flow < fired_.size(); ++flow) {
        for (const Family family : packet::families) {
          if (may_be_last(flow, family) && arrives(flow, family)) fire(flow, family, none);
        }
      }
    }
    for (std::uint32_t at = 0; at < nodes_.size(); ++at) leave(at);
  }

  // Of `from`, who was reached on the way back.
  [[nodiscard]] ir::Addresses met(const Touches& touches) const {
    ir::Addresses met;
    for (const Steps::Touch& touch : touches) {
      if (!seen_[touch.unit]) continue;
      ir::add(met,
              steps_.isolates(touch.unit) ? common(touch.addresses, held_[touch.unit]) : touch.addresses);
    }
    return met;
  }

  [[nodiscard]] const Touches& from() const { return from_; }
  [[nodiscard]] const Touches& to() const { return to_; }
  [[nodiscard]] const ir::Addresses& arrivals() const { return arrivals_; }
  [[nodiscard]] std::size_t reached() const { return nodes_.size(); }
  [[nodiscard]] const std::vector<const FlowFact*>& way() const {
    return indirect_.empty() ? direct_way_ : way_;
  }
  [[nodiscard]] const ir::Addresses& indirect() const { return indirect_; }
  [[nodiscard]] const packet::ServiceSet& services() const { return services_; }

 private:
  static constexpr std::uint32_t none = UINT32_MAX;
  struct Node {
    std::uint32_t unit = 0;
    ir::Addresses fresh;  // in a zone that isolates: who was reached now
    std::uint32_t parent = none, flow = none;
  };

  [[nodiscard]] const FlowFact& fact(std::uint32_t flow) const { return steps_.context_.flow(flow); }
  [[nodiscard]] const Touches& near(std::uint32_t flow) const {
    return steps_.ends_[(forwards_ ? fact(flow).flow->from : fact(flow).flow->to).value];
  }
  [[nodiscard]] const Touches& far(std::uint32_t flow) const {
    return steps_.ends_[(forwards_ ? fact(flow).flow->to : fact(flow).flow->from).value];
  }
  [[nodiscard]] ir::AddressSet present(const Steps::Touch& touch, Family family) const {
    if (question_.left_out == nullptr) return touch.addresses.of(family);
    return subtract(touch.addresses.of(family), question_.left_out->of(family));
  }
  [[nodiscard]] static bool occurs(const packet::ServiceSet& services, Family family) {
    return !packet::in_family(services, family).empty();
  }
  [[nodiscard]] bool may_be_last(std::uint32_t flow, Family family) const {
    const packet::ServiceSet& services = *fact(flow).services;
    return occurs(question_.last == nullptr ? services : common_services(services, *question_.last), family);
  }

  // What the question's end has of those whom the flow reaches in the unit.
  [[nodiscard]] ir::Addresses hit(const Touches& ends, std::uint32_t unit,
                                  const ir::AddressSet& reached) const {
    ir::Addresses met;
    for (const Steps::Touch& end : ends) {
      if (end.unit != unit) continue;
      if (steps_.isolates(unit)) {
        ir::Addresses all;
        all.of(reached.family()) = reached;
        ir::add(met, common(end.addresses, steps_.with_twins(unit, all)));
      } else {
        ir::add(met, end.addresses);
      }
    }
    return met;
  }

  // Backwards: whether the flow's `to` meets the question's.
  [[nodiscard]] bool arrives(std::uint32_t flow, Family family) const {
    return std::ranges::any_of(near(flow), [&](const Steps::Touch& touch) {
      const ir::AddressSet reached = present(touch, family);
      return !reached.empty() && !hit(to_, touch.unit, reached).empty();
    });
  }

  void reach(std::uint32_t unit, const ir::Addresses& addresses, std::uint32_t parent, std::uint32_t flow) {
    if (!steps_.isolates(unit)) {
      if (!seen_[unit]) nodes_.push_back({unit, {}, parent, flow});
      seen_[unit] = true;
      return;
    }
    // Only what a flow reaches has twins; a twin of a twin is another host.
    const ir::Addresses met = without(addresses, met_[unit]);
    if (met.empty()) return;
    ir::add(met_[unit], met);
    ir::Addresses fresh = without(steps_.with_twins(unit, met), held_[unit]);
    if (question_.left_out != nullptr) fresh = without(fresh, *question_.left_out);
    if (fresh.empty()) return;
    seen_[unit] = true;
    ir::add(held_[unit], fresh);
    nodes_.push_back({unit, std::move(fresh), parent, flow});
  }

  void leave(std::uint32_t at) {
    const std::uint32_t unit = nodes_[at].unit;
    for (const std::uint32_t flow : forwards_ ? steps_.leaving_[unit] : steps_.arriving_[unit]) {
      for (const Family family : packet::families) {
        if (!occurs(*fact(flow).services, family) || fired_[flow][index_of(family)]) continue;
        const bool starts = std::ranges::any_of(near(flow), [&](const Steps::Touch& touch) {
          if (touch.unit != unit) return false;
          const ir::AddressSet here = present(touch, family);
          if (here.empty()) return false;
          return !steps_.isolates(unit) || intersects(here, nodes_[at].fresh.of(family));
        });
        if (starts) fire(flow, family, at);
      }
    }
  }

  void fire(std::uint32_t flow, Family family, std::uint32_t parent) {
    if (std::exchange(fired_[flow][index_of(family)], true)) return;
    for (const Steps::Touch& touch : far(flow)) {
      ir::AddressSet reached = present(touch, family);
      if (reached.empty() || to_itself(flow, touch.unit)) continue;
      if (forwards_ && may_be_last(flow, family)) arrive(touch.unit, reached, flow, parent);
      ir::Addresses both;
      both.of(family) = std::move(reached);
      reach(touch.unit, both, parent, flow);
    }
  }

  // What a device opens to itself takes nobody anywhere.
  [[nodiscard]] bool to_itself(std::uint32_t flow, std::uint32_t unit) const {
    return unit >= steps_.twins_.size() &&
           std::ranges::all_of(near(flow), [&](const Steps::Touch& touch) { return touch.unit == unit; });
  }

  void arrive(std::uint32_t unit, const ir::AddressSet& reached, std::uint32_t flow, std::uint32_t parent) {
    const ir::Addresses met = hit(to_, unit, reached);
    if (met.empty()) return;
    const Family family = reached.family();
    const bool first = arrivals_.empty(), first_indirect = indirect_.empty();
    ir::add(arrivals_, met);
    ir::Addresses beyond = met;
    if (starts_here(flow, family, parent)) beyond.of(family) = subtract(beyond.of(family), reached);
    if (first) direct_way_ = way_to(flow, parent);
    if (beyond.empty()) return;
    if (first_indirect) way_ = way_to(flow, parent);
    ir::add(indirect_, beyond);
    const packet::ServiceSet& all = *fact(flow).services;
    const packet::ServiceSet last = question_.last == nullptr ? all : common_services(all, *question_.last);
    services_.insert(services_.end(), last.begin(), last.end());
  }

  // The flow's own `from` meets the question's, and nothing was reached before.
  [[nodiscard]] bool starts_here(std::uint32_t flow, Family family, std::uint32_t parent) const {
    if (nodes_[parent].flow != none) return false;
    return std::ranges::any_of(near(flow), [&](const Steps::Touch& touch) {
      return std::ranges::any_of(from_, [&](const Steps::Touch& end) {
        return end.unit == touch.unit && intersects(end.addresses.of(family), touch.addresses.of(family));
      });
    });
  }

  [[nodiscard]] std::vector<const FlowFact*> way_to(std::uint32_t flow, std::uint32_t parent) const {
    std::vector<const FlowFact*> way{&fact(flow)};
    for (std::uint32_t at = parent; nodes_[at].flow != none; at = nodes_[at].parent)
      way.push_back(&fact(nodes_[at].flow));
    std::ranges::reverse(way);
    return way;
  }

  const Steps& steps_;
  const Steps::Question& question_;
  bool forwards_;
  Touches from_, to_;
  std::vector<Node> nodes_;
  std::vector<bool> seen_;                 // by unit
  std::vector<ir::Addresses> met_, held_;  // by zone that isolates: reached by a flow; with their twins
  std::vector<std::array<bool, 2>> fired_;
  ir::Addresses arrivals_, indirect_;
  packet::ServiceSet services_;  // of the flows that arrive indirectly
  std::vector<const FlowFact*> direct_way_, way_;
};

Steps::Steps(const Context& context) : context_(context) {
  const ir::Policy& policy = context.policy();
  const std::size_t units = policy.zones.size() + policy.devices.size();
  leaving_.resize(units);
  arriving_.resize(units);
  twins_.resize(policy.zones.size());
  ends_.resize(policy.endpoints.size());
  for (const ir::DeviceId id : policy.devices.ids()) {
    const auto unit = static_cast<std::uint32_t>(policy.zones.size()) + id.value;
    const ir::Addresses own = ir::own_addresses(policy.devices[id]);
    for (const Family family : packet::families) {
      for (const packet::AddressRange& range : own.of(family).ranges()) {
        for (packet::Bits bits = range.first; bits <= range.last; ++bits)
          own_.emplace_back(ir::Address{family, bits}, unit);
      }
    }
  }
  std::ranges::sort(own_);
  learn_twins();
  std::vector<bool> known(policy.endpoints.size());
  for (std::uint32_t flow = 0; flow < context.flows().size(); ++flow) {
    for (const auto& [end, by_unit] : {std::pair{context.flow(flow).flow->from, &leaving_},
                                       std::pair{context.flow(flow).flow->to, &arriving_}}) {
      if (!known[end.value]) ends_[end.value] = touches(policy.endpoints[end]);
      known[end.value] = true;
      std::vector<std::uint32_t> units_met;
      for (const Touch& touch : ends_[end.value]) units_met.push_back(touch.unit);
      std::ranges::sort(units_met);
      units_met.erase(std::ranges::unique(units_met).begin(), units_met.end());
      for (const std::uint32_t unit : units_met) (*by_unit)[unit].push_back(flow);
    }
  }
}

bool Steps::isolates(std::uint32_t unit) const {
  const auto& zones = context_.policy().zones;
  return unit < zones.size() && zones[ir::ZoneId(unit)].isolate;
}

// A literal that is exactly a device's address means the device.
void Steps::add_own(const ir::Addresses& literal, Touches& found) const {
  for (const Family family : packet::families) {
    for (const packet::AddressRange& range : literal.of(family).ranges()) {
      auto at = std::ranges::lower_bound(own_, std::pair{ir::Address{family, range.first}, std::uint32_t{0}});
      for (; at != own_.end() && at->first.family == family && at->first.bits <= range.last; ++at) {
        Touch touch{at->second, {}};
        touch.addresses.of(family) = ir::AddressSet(at->first);
        found.push_back(std::move(touch));
      }
    }
  }
}

Steps::Touches Steps::touches(const ir::Endpoint& endpoint) const {
  const ir::Policy& policy = context_.policy();
  Touches found;
  if (endpoint.device.valid()) {
    found.push_back({static_cast<std::uint32_t>(policy.zones.size()) + endpoint.device.value,
                     ir::own_addresses(policy.devices[endpoint.device])});
    return found;
  }
  for (const ir::Piece& piece : endpoint.pieces) {
    const ir::ZoneId zone = policy.networks[piece.network].zone;
    if (!piece.whole) add_own(piece.addresses, found);
    if (!zone.valid()) continue;
    ir::Addresses hosts =
        piece.whole ? ir::hosts_of(policy, piece.network) : without(piece.addresses, policy.device_addresses);
    if (!hosts.empty()) found.push_back({zone.value, std::move(hosts)});
  }
  return found;
}

Steps::Touches Steps::touches(const std::vector<ir::EndpointId>& ends, const ir::Addresses* left_out) const {
  Touches all;
  for (const ir::EndpointId end : ends) {
    for (Touch& touch : touches(context_.policy().endpoints[end])) {
      if (left_out != nullptr) touch.addresses = without(touch.addresses, *left_out);
      if (!touch.addresses.empty()) all.push_back(std::move(touch));
    }
  }
  return all;
}

void Steps::learn_twins() {
  const ir::Policy& policy = context_.policy();
  IdVector<ir::NetworkId, ir::Addresses> declared;
  for (std::size_t network = 0; network < policy.networks.size(); ++network) declared.push_back({});
  const auto isolates_hosts = [&](ir::ZoneId zone) { return zone.valid() && policy.zones[zone].isolate; };
  for (const ir::Host& host : policy.hosts) {
    const ir::ZoneId zone = policy.networks[host.network].zone;
    if (!isolates_hosts(zone)) continue;
    if (host.ipv4 && host.ipv6) twins_[zone.value].declared.emplace_back(*host.ipv4, *host.ipv6);
    for (const auto& address : {host.ipv4, host.ipv6}) {
      if (!address) continue;
      ir::AddressSet& set = declared[host.network].of(address->family);
      set = unite(set, ir::AddressSet(*address));
    }
  }
  for (const ir::NetworkId network : policy.networks.ids()) {
    if (!isolates_hosts(policy.networks[network].zone)) continue;
    ir::Addresses rest = without(ir::hosts_of(policy, network), declared[network]);
    if (!rest.v4.empty() && !rest.v6.empty())
      twins_[policy.networks[network].zone.value].undeclared.push_back(std::move(rest));
  }
}

ir::Addresses Steps::with_twins(std::uint32_t unit, const ir::Addresses& addresses) const {
  std::vector<packet::AddressRange> v4, v6;
  for (const auto& [one, other] : twins_[unit].declared) {
    if (addresses.v4.contains(one)) v6.push_back({other.bits, other.bits});
    if (addresses.v6.contains(other)) v4.push_back({one.bits, one.bits});
  }
  ir::Addresses all = addresses;
  ir::add(all, {ir::AddressSet(Family::ipv4, std::move(v4)), ir::AddressSet(Family::ipv6, std::move(v6))});
  for (const ir::Addresses& network : twins_[unit].undeclared) {
    if (intersects(network.v4, addresses.v4)) all.v6 = unite(all.v6, network.v6);
    if (intersects(network.v6, addresses.v6)) all.v4 = unite(all.v4, network.v4);
  }
  return all;
}

Steps::Answer Steps::ask(const Question& question) const {
  Search search(*this, question, true);
  search.run();
  Answer answer;
  answer.reached = search.reached();
  answer.way = search.way();
  answer.arrivals = search.arrivals();
  answer.indirect = search.indirect();
  answer.services = packet::normalize(search.services());
  if (answer.arrivals.empty()) return answer;
  answer.found = true;
  Search back(*this, question, false);
  back.run();
  answer.starts = back.met(back.from());
  return answer;
}

}  // namespace cordon::check
