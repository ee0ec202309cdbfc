// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/mutations.h"

#include <algorithm>
#include <random>
#include <vector>

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
    return Mutation{.text = change(filter, at), .filter = id};
  }

  std::optional<Mutation> bindings() {
    if (device_.bindings.empty()) return std::nullopt;
    const std::size_t at = random_() % device_.bindings.size();
    config::Binding& binding = device_.bindings[at];
    if (random_() % 2 == 0 || !binding.interface.valid()) {
      device_.bindings.erase(device_.bindings.begin() + static_cast<std::ptrdiff_t>(at));
      return Mutation{.text = "drop a binding", .filter = {}};
    }
    binding.interface.value = static_cast<std::uint32_t>(random_() % device_.interfaces.size());
    return Mutation{.text = "move a binding", .filter = {}};
  }

  std::optional<Mutation> ports() {
    if (device_.ports.empty()) return std::nullopt;
    config::Port& port = device_.ports[random_() % device_.ports.size()];
    if (port.mode == config::PortMode::trunk) return change_trunk(port);
    if (port.mode == config::PortMode::access) return change_access(port);
    port.mode = config::PortMode::access;
    return Mutation{.text = "open port " + port.name, .filter = {}};
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
    const std::string what = filter.name + " rule " + std::to_string(at);
    switch (random_() % 10) {
      case 0:
        filter.rules.erase(place);
        return "drop " + what;
      case 1:
        filter.rules.insert(filter.rules.begin(), *place);
        return "repeat first " + what;
      case 2:
        std::swap(*place, filter.rules[random_() % filter.rules.size()]);
        return "swap " + what;
      case 3:
        return resize(*place, true) + what;
      case 4:
        return resize(*place, false) + what;
      case 5:
        std::swap(place->source, place->destination);
        return "exchange addresses of " + what;
      case 6:
        return reserve(*place) + what;
      case 7:
        place->action =
            place->action == packet::Action::permit ? packet::Action::deny : packet::Action::permit;
        return "turn round " + what;
      case 8:
        return forget_established(*place) + what;
      default:
        return borrow(*place) + what;
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
    return widen ? "widen " : "narrow ";
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
    return "other services in ";
  }

  std::string forget_established(Rule& rule) {
    packet::ServiceSet terms = device_.services[rule.services].terms;
    for (packet::ServiceTerm& term : terms) term.flags = packet::any_tcp_flags;
    rule.services = device_.services.push_back({.terms = packet::normalize(std::move(terms)), .label = {}});
    return "lose `established` of ";
  }

  // The source of another rule of the device.
  std::string borrow(Rule& rule) {
    std::vector<config::AddressSetId> others;
    for (const config::AddressSetId id : device_.addresses.ids()) {
      if (device_.addresses[id].addresses.family() == rule.family) others.push_back(id);
    }
    (random_() % 2 == 0 ? rule.source : rule.destination) = pick(others);
    return "other addresses in ";
  }

  std::optional<Mutation> change_trunk(config::Port& port) {
    if (!port.trunk_vlans.empty() && random_() % 2 == 0) {
      port.trunk_vlans.erase(port.trunk_vlans.begin() +
                             static_cast<std::ptrdiff_t>(random_() % port.trunk_vlans.size()));
      return Mutation{.text = "drop a VLAN of trunk " + port.name, .filter = {}};
    }
    const std::uint16_t more = device_.parking_vlan.value_or(4000);
    if (std::ranges::find(port.trunk_vlans, more) != port.trunk_vlans.end()) return std::nullopt;
    port.trunk_vlans.push_back(more);
    std::ranges::sort(port.trunk_vlans);
    return Mutation{.text = "add a VLAN to trunk " + port.name, .filter = {}};
  }

  std::optional<Mutation> change_access(config::Port& port) {
    if (port.isolation != config::Isolation::none && random_() % 2 == 0) {
      port.isolation = config::Isolation::none;
      return Mutation{.text = "join hosts at port " + port.name, .filter = {}};
    }
    port.access_vlan = static_cast<std::uint16_t>(port.access_vlan.value_or(1) + 1);
    return Mutation{.text = "move port " + port.name, .filter = {}};
  }

  config::Device& device_;
  std::mt19937_64 random_;
};

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

}  // namespace cordon::test
