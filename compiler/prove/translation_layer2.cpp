// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/translation_layer2.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>

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

using Vlans = std::vector<std::uint16_t>;

// VLANs whose frames the port carries. A port that is protected, or isolated, carries them for fewer.
Vlans carried(const Port& port) {
  if (port.mode == PortMode::trunk) return port.trunk_vlans;
  return port.mode == PortMode::access && port.access_vlan ? Vlans{*port.access_vlan} : Vlans{};
}

Vlans without(const Vlans& all, const Vlans& taken) {
  Vlans rest;
  std::ranges::set_difference(all, taken, std::back_inserter(rest));
  return rest;
}

std::string vlans_text(const Vlans& vlans) {
  return fmt::format("VLAN{} {}", vlans.size() == 1 ? "" : "s", fmt::join(vlans, ", "));
}

// A long list of VLANs hides the one that is wrong.
std::string trunk_text(const Port& port, const Vlans& gained, const Vlans& lost) {
  std::string text = fmt::format("the trunk `{}` ", port.name);
  if (!gained.empty())
    text += fmt::format("carries {}, which {} not planned there", vlans_text(gained),
                        gained.size() == 1 ? "was" : "were");
  if (!gained.empty() && !lost.empty()) text += ", and ";
  if (!lost.empty())
    text +=
        fmt::format("lacks {}, which {} planned there", vlans_text(lost), lost.size() == 1 ? "was" : "were");
  return text;
}

bool differ_in_vlans_alone(const Port& planned, Port read) {
  if (planned.mode != PortMode::trunk || read.mode != PortMode::trunk) return false;
  read.trunk_vlans = planned.trunk_vlans;
  return port_text(read) == port_text(planned);
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
  void compare_ports() {
    std::map<std::string_view, const Port*> found;
    for (const Port& port : read_.ports) found.emplace(port.name, &port);
    for (const Port& port : planned_.ports) {
      const auto other = found.find(port.name);
      compare_port(port, other == found.end() ? nullptr : other->second);
      if (other != found.end()) found.erase(other);
    }
    for (const auto& [name, port] : found) {
      if (port->mode == PortMode::unused) continue;
      differences_.push_back(
          {.text = fmt::format("nobody planned the port `{}`, which is {}", name, port_text(*port)),
           .packet = std::nullopt,
           .emitted = port->range,
           .policy = {},
           .gained = carried(*port),
           .lost = {}});
    }
  }

  void compare_port(const Port& planned, const Port* read) {
    const std::string wanted = port_text(planned);
    const std::string is = read == nullptr ? "not there" : port_text(*read);
    if (is == wanted) return;
    const Vlans wanted_vlans = carried(planned), vlans = read == nullptr ? Vlans{} : carried(*read);
    Difference difference{
        .text = fmt::format("the port `{}` is {}, and was planned as {}", planned.name, is, wanted),
        .packet = std::nullopt,
        .emitted = read == nullptr ? source::Range{} : read->range,
        .policy = policy_of(planned_, planned.origin),
        .gained = without(vlans, wanted_vlans),
        .lost = without(wanted_vlans, vlans)};
    if (read != nullptr && differ_in_vlans_alone(planned, *read))
      difference.text = trunk_text(planned, difference.gained, difference.lost);
    // The same VLANs, and less between them and others: isolation, authentication, guards.
    if (difference.gained.empty() && difference.lost.empty()) difference.gained = vlans;
    differences_.push_back(std::move(difference));
  }

  void compare_vlans() {
    std::map<std::uint16_t, const Vlan*> found;
    for (const Vlan& vlan : read_.vlans) found.emplace(vlan.id, &vlan);
    for (const Vlan& vlan : planned_.vlans) {
      const auto other = found.find(vlan.id);
      const std::string is = other == found.end() ? "not there" : vlan_text(*other->second);
      const std::string wanted = vlan_text(vlan);
      if (is == wanted) continue;
      const Vlans concerned{vlan.id};
      differences_.push_back(
          {.text = fmt::format("VLAN {} is {}, and was planned as {}", vlan.id, is, wanted),
           .packet = std::nullopt,
           .emitted = {},
           .policy = policy_of(planned_, vlan.origin),
           .gained = other == found.end() ? Vlans{} : concerned,
           .lost = other == found.end() ? concerned : Vlans{}});
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
