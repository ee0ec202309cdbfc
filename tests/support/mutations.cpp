// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/mutations.h"

#include <algorithm>
#include <random>
#include <vector>

#include "compiler/packet/naive.h"
#include "compiler/packet/samples.h"

namespace cordon::test {
namespace {

using config::Rule;
using packet::AddressSet;
using packet::Prefix;

class Mutator {
 public:
  Mutator(config::Device& device, std::uint64_t seed) : device_(device), random_(seed) {}

  std::optional<Mutation> rules() {
    std::vector<config::FilterId> filters;
    for (const config::FilterId id : device_.filters.ids()) {
      if (!touchable(device_.filters[id]).empty()) filters.push_back(id);
    }
    if (filters.empty()) return std::nullopt;
    const config::FilterId id = pick(filters);
    config::Filter& filter = device_.filters[id];
    const std::size_t at = pick(touchable(filter));
    return Mutation{
        .kind = change(filter, at), .place = filter.name + " rule " + std::to_string(at), .filter = id};
  }

  std::optional<Mutation> bindings() {
    if (device_.bindings.empty()) return std::nullopt;
    const std::size_t at = random_() % device_.bindings.size();
    config::Binding& binding = device_.bindings[at];
    if (random_() % 2 == 0 || !binding.interface.valid()) {
      device_.bindings.erase(device_.bindings.begin() + static_cast<std::ptrdiff_t>(at));
      return Mutation{.kind = "drop a binding", .place = {}, .filter = {}};
    }
    binding.interface.value = static_cast<std::uint32_t>(random_() % device_.interfaces.size());
    return Mutation{.kind = "move a binding", .place = {}, .filter = {}};
  }

  std::optional<Mutation> ports() {
    if (device_.ports.empty()) return std::nullopt;
    config::Port& port = device_.ports[random_() % device_.ports.size()];
    if (port.mode == config::PortMode::trunk) return change_trunk(port);
    if (port.mode == config::PortMode::access) return change_access(port);
    port.mode = config::PortMode::access;
    return Mutation{.kind = "open a port", .place = port.name, .filter = {}};
  }

 private:
  template <class T>
  const T& pick(const std::vector<T>& items) {
    return items[random_() % items.size()];
  }

  static std::vector<std::size_t> touchable(const config::Filter& filter) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < filter.rules.size(); ++i) {
      if (filter.rules[i].role != config::Role::infrastructure) found.push_back(i);
    }
    return found;
  }

  std::string change(config::Filter& filter, std::size_t at) {
    const auto place = filter.rules.begin() + static_cast<std::ptrdiff_t>(at);
    switch (random_() % 10) {
      case 0:
        filter.rules.erase(place);
        return "drop a rule";
      case 1:
        filter.rules.insert(filter.rules.begin(), *place);
        return "repeat a rule first";
      case 2:
        std::swap(*place, filter.rules[random_() % filter.rules.size()]);
        return "swap two rules";
      case 3:
        return resize(*place, true);
      case 4:
        return resize(*place, false);
      case 5:
        std::swap(place->source, place->destination);
        return "exchange addresses";
      case 6:
        return reserve(*place);
      case 7:
        place->action =
            place->action == packet::Action::permit ? packet::Action::deny : packet::Action::permit;
        return "permit for deny";
      case 8:
        return forget_established(*place);
      default:
        return borrow(*place);
    }
  }

  // One bit more or less of one prefix of one side.
  std::string resize(Rule& rule, bool widen) {
    config::AddressSetId& side = random_() % 2 == 0 ? rule.source : rule.destination;
    const AddressSet& set = device_.addresses[side].addresses;
    std::vector<Prefix> prefixes = set.prefixes();
    Prefix& prefix = prefixes[random_() % prefixes.size()];
    const int full = packet::width(prefix.family());
    if (widen && prefix.length == 0) widen = false;
    if (!widen && prefix.length == full) {
      prefix.address.bits ^= 1U;
    } else {
      prefix.length = static_cast<std::uint8_t>(prefix.length + (widen ? -1 : 1));
      prefix.address.bits = prefix.first();
    }
    AddressSet sum(set.family());
    for (const Prefix& each : prefixes) sum = unite(sum, AddressSet(each));
    side = device_.addresses.push_back({.addresses = std::move(sum), .label = {}});
    return widen ? "a wider prefix" : "a narrower prefix";
  }

  std::string reserve(Rule& rule) {
    packet::ServiceSet terms = device_.services[rule.services].terms;
    packet::ServiceTerm& term = terms[random_() % terms.size()];
    if (term.protocol && packet::has_ports(*term.protocol) && random_() % 3 != 0) {
      term.destination.last = static_cast<std::uint16_t>(std::min(65535, term.destination.last + 1));
      if (random_() % 2 == 0) term.destination.first = term.destination.last;
    } else if (term.protocol && packet::is_icmp(*term.protocol)) {
      term.icmp_type = static_cast<std::uint8_t>(term.icmp_type.value_or(7) + 1);
      term.icmp_code.reset();
    } else {
      const bool tcp = term.protocol == packet::protocol::tcp;
      term = {};
      term.protocol = tcp ? packet::protocol::udp : packet::protocol::tcp;
    }
    rule.services = device_.services.push_back({.terms = packet::normalize(std::move(terms)), .label = {}});
    return "another service";
  }

  std::string forget_established(Rule& rule) {
    packet::ServiceSet terms = device_.services[rule.services].terms;
    for (packet::ServiceTerm& term : terms) term.flags = packet::any_tcp_flags;
    rule.services = device_.services.push_back({.terms = packet::normalize(std::move(terms)), .label = {}});
    return "lose `established`";
  }

  // The source of another rule of the device.
  std::string borrow(Rule& rule) {
    std::vector<config::AddressSetId> others;
    for (const config::AddressSetId id : device_.addresses.ids()) {
      if (device_.addresses[id].addresses.family() == rule.family) others.push_back(id);
    }
    (random_() % 2 == 0 ? rule.source : rule.destination) = pick(others);
    return "another address group";
  }

  std::optional<Mutation> change_trunk(config::Port& port) {
    if (!port.trunk_vlans.empty() && random_() % 2 == 0) {
      port.trunk_vlans.erase(port.trunk_vlans.begin() +
                             static_cast<std::ptrdiff_t>(random_() % port.trunk_vlans.size()));
      return Mutation{.kind = "drop a VLAN of a trunk", .place = port.name, .filter = {}};
    }
    const std::uint16_t more = device_.parking_vlan.value_or(4000);
    if (std::ranges::find(port.trunk_vlans, more) != port.trunk_vlans.end()) return std::nullopt;
    port.trunk_vlans.push_back(more);
    std::ranges::sort(port.trunk_vlans);
    return Mutation{.kind = "add a VLAN to a trunk", .place = port.name, .filter = {}};
  }

  std::optional<Mutation> change_access(config::Port& port) {
    if (port.isolation != config::Isolation::none && random_() % 2 == 0) {
      port.isolation = config::Isolation::none;
      return Mutation{.kind = "let hosts of a port talk", .place = port.name, .filter = {}};
    }
    port.access_vlan = static_cast<std::uint16_t>(port.access_vlan.value_or(1) + 1);
    return Mutation{.kind = "another VLAN at a port", .place = port.name, .filter = {}};
  }

  config::Device& device_;
  std::mt19937_64 random_;
};

std::vector<packet::MatchRule> rules_of(const config::Device& device, config::FilterId id) {
  std::vector<packet::MatchRule> rules;
  for (const config::Rule& rule : device.filters[id].rules) rules.push_back(config::to_match(device, rule));
  return rules;
}

// The first rules that are not the same, of each.
std::vector<packet::MatchRule> changes(const config::Device& before, const config::Device& after,
                                       config::FilterId id) {
  const std::vector<config::Rule>&old_rules = before.filters[id].rules, &new_rules = after.filters[id].rules;
  const auto [first, second] = std::ranges::mismatch(old_rules, new_rules);
  std::vector<packet::MatchRule> changed;
  if (first != old_rules.end()) changed.push_back(config::to_match(before, *first));
  if (second != new_rules.end()) changed.push_back(config::to_match(after, *second));
  return changed;
}

// What the model implies may differ in what it excuses; it has tests of its own.
bool is_implied(const packet::Packet& packet) {
  const auto port = [&](std::uint16_t number) {
    return packet.source_port == number || packet.destination_port == number;
  };
  return packet.protocol == packet::protocol::vrrp || packet.protocol == packet::protocol::ospf || port(67) ||
         port(68) || port(546) || port(547) || port(1985) || port(2029) ||
         (packet.protocol == packet::protocol::icmpv6 &&
          (packet.fragment == packet::Fragment::later ||
           (packet.icmp_type >= 130 && packet.icmp_type <= 143)));
}

}  // namespace

std::optional<Mutation> mutate_rules(config::Device& device, std::uint64_t seed) {
  return Mutator(device, seed).rules();
}
std::optional<Mutation> mutate_bindings(config::Device& device, std::uint64_t seed) {
  return Mutator(device, seed).bindings();
}
std::optional<Mutation> mutate_ports(config::Device& device, std::uint64_t seed) {
  return Mutator(device, seed).ports();
}

std::string difference(const config::Device& before, const config::Device& after, config::FilterId id,
                       const config::Capabilities& capabilities, std::uint64_t seed) {
  const std::vector<packet::MatchRule> first = rules_of(before, id), second = rules_of(after, id);
  std::vector<packet::MatchRule> both = first;
  both.insert(both.end(), second.begin(), second.end());
  const std::vector<packet::MatchRule> changed = changes(before, after, id);
  std::vector<packet::Packet> packets = packet::PacketSampler(changed, seed).boundary();
  packet::PacketSampler sampler(both, seed);
  for (int i = 0; i < 300; ++i) packets.push_back(sampler.next());
  for (packet::Packet packet : packets) {
    packet.state = packet::State::fresh;
    if (capabilities.reassembles == config::Support::yes) packet.fragment = packet::Fragment::first_or_whole;
    packet = packet::clear_absent_fields(packet);
    if (!is_implied(packet) && packet::evaluate(first, packet) != packet::evaluate(second, packet))
      return packet::to_string(packet);
  }
  return {};
}

}  // namespace cordon::test
