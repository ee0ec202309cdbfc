// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/translation_layer2.h"

#include <map>
#include <set>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace cordon::prove {
namespace {

using config::Device;
using config::Isolation;
using config::Port;
using config::PortMode;
using config::Vlan;

std::string number(const std::optional<std::uint16_t>& vlan) { return vlan ? std::to_string(*vlan) : "none"; }

std::string isolation_text(const Port& port) {
  switch (port.isolation) {
    case Isolation::none:
      return "";
    case Isolation::protected_port:
      return ", protected";
    case Isolation::private_vlan:
      return fmt::format(", isolated in VLAN {}", number(port.isolated_vlan));
  }
  return "";
}

// Everything of a port that bears on whose frames it carries; ports with equal texts are alike.
std::string port_text(const Port& port) {
  std::string text;
  switch (port.mode) {
    case PortMode::unused:
      return "shut down";
    case PortMode::access:
      text = fmt::format("access to VLAN {}", number(port.access_vlan));
      break;
    case PortMode::trunk:
      text = fmt::format("trunk of VLANs {}, native VLAN {}", fmt::join(port.trunk_vlans, ","),
                         number(port.native_vlan));
      break;
  }
  text += isolation_text(port);
  for (const auto& [primary, secondary] : port.promiscuous)
    text += fmt::format(", promiscuous for {} with {}", primary, secondary);
  static constexpr std::string_view authentications[] = {"", ", 802.1X", ", MAB", ", 802.1X or MAB"};
  text += authentications[static_cast<std::size_t>(port.authentication)];
  if (port.dhcp_trust) text += ", trusted for DHCP";
  if (port.source_guard) text += ", source guard";
  return text;
}

std::string vlan_text(const Vlan& vlan) {
  std::string text = vlan.isolated_vlan ? fmt::format("with isolated VLAN {}", *vlan.isolated_vlan) : "plain";
  if (vlan.dhcp_snooping) text += ", DHCP snooping";
  if (vlan.arp_inspection) text += ", ARP inspection";
  return text;
}

source::Range policy_of(const Device& planned, config::OriginId origin) {
  return origin.valid() ? planned.origins[origin].range : source::Range{};
}

class Layer2 {
 public:
  Layer2(const Device& planned, const Device& read) : planned_(planned), read_(read) {}

  std::vector<Difference> run() {
    compare_ports();
    compare_vlans();
    return std::move(differences_);
  }

 private:
  void report(std::string text, source::Range emitted, source::Range policy) {
    differences_.push_back(
        {.text = std::move(text), .packet = std::nullopt, .emitted = emitted, .policy = policy});
  }

  void compare_ports() {
    std::map<std::string_view, const Port*> found;
    for (const Port& port : read_.ports) found.emplace(port.name, &port);
    for (const Port& port : planned_.ports) {
      const auto other = found.find(port.name);
      const std::string wanted = port_text(port);
      const std::string is = other == found.end() ? "not there" : port_text(*other->second);
      if (is != wanted) {
        report(fmt::format("the port `{}` is {}, and was planned as {}", port.name, is, wanted),
               other == found.end() ? source::Range{} : other->second->range,
               policy_of(planned_, port.origin));
      }
      if (other != found.end()) found.erase(other);
    }
    for (const auto& [name, port] : found) {
      if (port->mode != PortMode::unused)
        report(fmt::format("nobody planned the port `{}`, which is {}", name, port_text(*port)), port->range,
               {});
    }
  }

  void compare_vlans() {
    std::map<std::uint16_t, const Vlan*> found;
    for (const Vlan& vlan : read_.vlans) found.emplace(vlan.id, &vlan);
    for (const Vlan& vlan : planned_.vlans) {
      const auto other = found.find(vlan.id);
      const std::string is = other == found.end() ? "not there" : vlan_text(*other->second);
      if (const std::string wanted = vlan_text(vlan); is != wanted) {
        report(fmt::format("VLAN {} is {}, and was planned as {}", vlan.id, is, wanted), {},
               policy_of(planned_, vlan.origin));
      }
    }
  }

  const Device& planned_;
  const Device& read_;
  std::vector<Difference> differences_;
};

}  // namespace

std::vector<Difference> compare_layer2(const Device& planned, const Device& read) {
  return Layer2(planned, read).run();
}

}  // namespace cordon::prove
