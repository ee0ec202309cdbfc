// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/check_ports.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/prove/isolation.h"
#include "compiler/prove/spans.h"

namespace cordon::prove {
namespace {

using config::PortMode;
using Vlans = std::vector<std::uint16_t>;  // ascending

const char* to_string(PortMode mode) {
  if (mode == PortMode::access) return "an access port";
  return mode == PortMode::trunk ? "a trunk" : "shut";
}

std::string to_string(const std::optional<std::uint16_t>& vlan) {
  return vlan ? fmt::format("VLAN {}", *vlan) : std::string("no VLAN");
}

// `GigabitEthernet1/0/12` as `GigabitEthernet1/0/` and 12; a number that no slot can hold counts no ports.
std::optional<std::pair<std::string_view, std::uint32_t>> in_slot(std::string_view name) {
  constexpr std::uint32_t most = 1024;
  const std::size_t digits = name.find_last_not_of("0123456789") + 1;
  if (digits == 0 || digits == name.size() || name[digits - 1] != '/' || name.size() - digits > 4)
    return std::nullopt;
  std::uint32_t number = 0;
  for (const char digit : name.substr(digits)) number = number * 10 + static_cast<std::uint32_t>(digit - '0');
  if (number > most) return std::nullopt;
  return std::pair(name.substr(0, digits), number);
}

// One switch against the policy.
class Switch {
 public:
  Switch(const ir::Policy& policy, const Spans& spans, const Isolation& isolation,
         const std::vector<bool>& switches, const ReadDevice& read, std::vector<Violation>& violations)
      : policy_(policy),
        spans_(spans),
        isolation_(isolation),
        switches_(switches),
        read_(read),
        device_(policy.devices[read.device]),
        violations_(violations) {}

  void run() {
    std::unordered_map<std::string, const config::Port*> read;
    for (const config::Port& port : read_.reading->device.ports) read.emplace(port.name, &port);
    for (const ir::Port& port : device_.ports) {
      if (spans_.is_routed(read_.device, port.name)) continue;
      const auto found = read.find(port.name);
      if (found == read.end()) {
        if (port.access.valid() || port.to)
          report(port.name, fmt::format("port `{}` is not configured", port.name), nullptr, port.name_range);
        continue;
      }
      check(port, *found->second);
      read.erase(found);
    }
    check_others(read);
    if (device_.shut_unused) check_unnamed();
    for (const config::Vlan& vlan : read_.reading->device.vlans) check_vlan(vlan);
    check_private_vlans();
  }

 private:
  void report(const std::string& place, std::string text, const config::Port* port,
              const source::Range& policy) {
    violations_.push_back({.obligation = Obligation::layer_2,
                           .device = read_.device,
                           .place = place,
                           .witness = {},
                           .lines = port == nullptr ? std::vector<source::Range>{} : std::vector{port->range},
                           .policy = {policy},
                           .text = std::move(text)});
  }

  // True when the port is of the mode.
  bool is_mode(const ir::Port& wanted, const config::Port& port, PortMode mode) {
    if (port.mode == mode) return true;
    report(port.name,
           fmt::format("port `{}` is {}, not {}", port.name, to_string(port.mode), to_string(mode)), &port,
           wanted.name_range);
    return false;
  }

  void check(const ir::Port& wanted, const config::Port& port) {
    if (wanted.access.valid()) return check_access(wanted, port);
    if (wanted.to || !spans_.carried(read_.device, wanted.name).empty()) return check_trunk(wanted, port);
    if (wanted.shutdown || device_.shut_unused) static_cast<void>(is_mode(wanted, port, PortMode::unused));
  }

  void check_access(const ir::Port& wanted, const config::Port& port) {
    if (wanted.shutdown && port.mode == PortMode::unused) return;
    if (!is_mode(wanted, port, PortMode::access)) return;
    const ir::Network& network = policy_.networks[wanted.access];
    if (port.access_vlan != network.vlan) {
      report(port.name,
             fmt::format("port `{}` is in {}, not in that of `{}`", port.name, to_string(port.access_vlan),
                         network.name),
             &port, wanted.name_range);
    }
    if (!keeps_apart(wanted.access, port)) {
      report(port.name, fmt::format("port `{}` does not keep hosts of `{}` apart", port.name, network.name),
             &port, wanted.name_range);
    }
  }

  [[nodiscard]] bool keeps_apart(ir::NetworkId id, const config::Port& port) const {
    const Apart apart = isolation_.of(id);
    const ir::Network& network = policy_.networks[id];
    const bool by_vlan = port.isolation == config::Isolation::private_vlan && network.isolated_vlan &&
                         port.isolated_vlan == network.isolated_vlan;
    if (apart == Apart::one_switch) return by_vlan || port.isolation == config::Isolation::protected_port;
    return apart != Apart::private_vlan || by_vlan;
  }

  void check_trunk(const ir::Port& wanted, const config::Port& port) {
    if (wanted.shutdown && port.mode == PortMode::unused) return;
    if (!is_mode(wanted, port, PortMode::trunk)) return;
    Vlans needed, allowed;
    std::vector<std::pair<std::uint16_t, std::uint16_t>> promiscuous;
    expect(wanted, needed, allowed, promiscuous);
    Vlans missing, foreign;
    std::ranges::set_difference(needed, port.trunk_vlans, std::back_inserter(missing));
    std::ranges::set_difference(port.trunk_vlans, allowed, std::back_inserter(foreign));
    const auto name = [&](const char* text, const Vlans& vlans) {
      if (!vlans.empty())
        report(port.name, fmt::format("trunk `{}` {} VLAN {}", port.name, text, fmt::join(vlans, ", ")),
               &port, wanted.name_range);
    };
    name("does not carry", missing);
    name("carries, and no path needs it there,", foreign);
    check_native(wanted, port);
    if (port.promiscuous != promiscuous)
      report(port.name, fmt::format("trunk `{}` does not join the right isolated VLANs", port.name), &port,
             wanted.name_range);
  }

  // An isolated VLAN goes along between switches, and is joined to its primary one towards anything else.
  void expect(const ir::Port& wanted, Vlans& needed, Vlans& allowed,
              std::vector<std::pair<std::uint16_t, std::uint16_t>>& promiscuous) const {
    const auto other = spans_.other_end(read_.device, wanted.name);
    const bool to_switch = other && switches_[other->device.value];
    for (const ir::NetworkId id : spans_.carried(read_.device, wanted.name)) {
      const ir::Network& network = policy_.networks[id];
      needed.push_back(*network.vlan);
      allowed.push_back(*network.vlan);
      if (isolation_.of(id) != Apart::private_vlan) continue;
      if (to_switch) {
        needed.push_back(*network.isolated_vlan);
        allowed.push_back(*network.isolated_vlan);
      } else {
        promiscuous.emplace_back(*network.vlan, *network.isolated_vlan);
      }
    }
    std::ranges::sort(needed);
    std::ranges::sort(allowed);
    std::ranges::sort(promiscuous);
  }

  // Frames without a tag must not end up in a network.
  void check_native(const ir::Port& wanted, const config::Port& port) {
    if (port.native_vlan == wanted.native_vlan || !port.native_vlan) return;
    const auto taken = std::ranges::find_if(policy_.networks, [&](const ir::Network& network) {
      return network.vlan == port.native_vlan || network.isolated_vlan == port.native_vlan;
    });
    if (taken == policy_.networks.end()) return;
    report(port.name,
           fmt::format("trunk `{}` takes frames without a tag into VLAN {}", port.name, *port.native_vlan),
           &port, wanted.name_range);
  }

  // Ports that the policy does not name: of no network, and shut where it says so.
  void check_others(const std::unordered_map<std::string, const config::Port*>& others) {
    for (const config::Port& port : read_.reading->device.ports) {
      if (!others.contains(port.name) || port.mode == PortMode::unused) continue;
      if (device_.shut_unused) {
        report(port.name, fmt::format("port `{}` is not used, and not shut", port.name), &port,
               device_.name_range);
      } else if (reaches_network(port)) {
        report(port.name,
               fmt::format("port `{}` is in a network, and the policy does not name it", port.name), &port,
               device_.name_range);
      }
    }
  }

  // Below the highest number that the policy names in a slot every port exists, and one that nobody names is
  // shut.
  void check_unnamed() {
    std::map<std::string_view, std::uint32_t> highest;
    std::set<std::string_view> known;
    for (const ir::Port& port : device_.ports) {
      known.insert(port.name);
      if (const auto slot = in_slot(port.name))
        highest[slot->first] = std::max(highest[slot->first], slot->second);
    }
    for (const ir::Interface& interface : device_.interfaces) known.insert(interface.port);
    for (const config::Port& port : read_.reading->device.ports) known.insert(port.name);
    for (const auto& [slot, last] : highest) {
      for (std::uint32_t number = 1; number < last; ++number) {
        const std::string name = fmt::format("{}{}", slot, number);
        if (!known.contains(name))
          report(name, fmt::format("port `{}` is not used, and nothing shuts it", name), nullptr,
                 device_.name_range);
      }
    }
  }

  [[nodiscard]] bool reaches_network(const config::Port& port) const {
    return std::ranges::any_of(policy_.networks, [&](const ir::Network& network) {
      if (!network.vlan) return false;
      return port.mode == PortMode::access ? port.access_vlan == network.vlan
                                           : std::ranges::binary_search(port.trunk_vlans, *network.vlan);
    });
  }

  void check_vlan(const config::Vlan& vlan) {
    for (const ir::NetworkId id : policy_.networks.ids()) {
      const ir::Network& network = policy_.networks[id];
      if (network.vlan != vlan.id || !needs_private_vlan(id)) continue;
      if (vlan.isolated_vlan != network.isolated_vlan)
        report({}, fmt::format("VLAN {} has no isolated VLAN of `{}`", vlan.id, network.name), nullptr,
               network.vlan_range);
    }
  }

  [[nodiscard]] bool needs_private_vlan(ir::NetworkId id) const {
    return isolation_.of(id) == Apart::private_vlan;
  }

  // The gateway of an isolated network hears both of its VLANs.
  void check_private_vlans() {
    for (const ir::Interface& interface : device_.interfaces) {
      if (!needs_private_vlan(interface.network)) continue;
      const ir::Network& network = policy_.networks[interface.network];
      const auto& interfaces = read_.reading->device.interfaces;
      const auto found = std::ranges::find(interfaces, interface.port, &config::Interface::port);
      if (found != interfaces.end() && found->private_vlan != network.isolated_vlan)
        report(interface.name,
               fmt::format("`{}` does not hear the isolated VLAN of `{}`", interface.name, network.name),
               nullptr, interface.name_range);
    }
  }

  const ir::Policy& policy_;
  const Spans& spans_;
  const Isolation& isolation_;
  const std::vector<bool>& switches_;
  const ReadDevice& read_;
  const ir::Device& device_;
  std::vector<Violation>& violations_;
};

void check_isolation(const ir::Policy& policy, const Isolation& isolation, Proof& proof) {
  for (const ir::NetworkId id : policy.networks.ids()) {
    const ir::Network& network = policy.networks[id];
    if (isolation.of(id) == Apart::impossible) {
      proof.violations.push_back(
          {.obligation = Obligation::layer_2,
           .device = {},
           .place = {},
           .witness = {},
           .lines = {},
           .policy = {network.name_range},
           .text = fmt::format("nothing keeps the hosts of `{}` apart", network.name)});
    } else if (isolation.of(id) == Apart::attested) {
      proof.assumptions.push_back(
          {.kind = Assumption::Kind::attested_isolation,
           .devices = {},
           .network = id,
           .range = network.isolation->range,
           .text = fmt::format("hosts of `{}` are kept apart, as {} of {} states", network.name,
                               network.isolation->document, network.isolation->date)});
    }
  }
}

}  // namespace

void check_ports(const ir::Policy& policy, std::span<const ReadDevice> devices, Proof& proof) {
  std::vector<bool> switches(policy.devices.size());
  for (const ReadDevice& read : devices)
    switches[read.device.value] = read.capabilities->switching == config::Support::yes;
  // An access point is no router, and neither is a switch that somebody else looks after.
  const std::function<bool(ir::DeviceId)> bridges = [&](ir::DeviceId id) {
    const ir::Device& device = policy.devices[id];
    const bool has_access =
        std::ranges::any_of(device.ports, [](const ir::Port& port) { return port.access.valid(); });
    return switches[id.value] || !device.radios.empty() ||
           (!device.configured() && (device.interfaces.empty() || has_access));
  };
  const Spans spans(policy, bridges);
  const Isolation isolation(policy, switches);
  check_isolation(policy, isolation, proof);
  for (const ReadDevice& read : devices) {
    if (switches[read.device.value]) Switch(policy, spans, isolation, switches, read, proof.violations).run();
  }
}

}  // namespace cordon::prove
