// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/comparison_interfaces.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace cordon::prove {
namespace {

std::string addresses_text(std::vector<packet::Address> addresses) {
  std::ranges::sort(addresses);
  std::string text;
  for (const packet::Address address : addresses) text += (text.empty() ? "" : " ") + to_string(address);
  return text.empty() ? "none" : text;
}

// A port that is no subinterface may carry its network without a tag: the number then concerns only those who
// switch the frames.
bool same_vlan(const config::Interface& planned, const config::Interface& read) {
  if (!planned.vlan || planned.vlan == read.vlan) return true;
  return !read.vlan && planned.port.find('.') == std::string::npos;
}

std::string vlan_text(const std::optional<std::uint16_t>& vlan) {
  return vlan ? std::to_string(*vlan) : "none";
}

std::string redundancy_text(const std::optional<config::Redundancy>& redundancy) {
  if (!redundancy) return "none";
  std::string text = fmt::format("{} group {}", redundancy->vrrp ? "VRRP" : "HSRP", redundancy->group);
  for (const auto& address : {redundancy->ipv4, redundancy->ipv6}) {
    if (address) text += " " + to_string(*address);
  }
  if (redundancy->priority) text += fmt::format(" priority {}", *redundancy->priority);
  return text;
}

std::vector<std::uint16_t> vlans_of(const config::Interface& interface) {
  return interface.vlan ? std::vector{*interface.vlan} : std::vector<std::uint16_t>{};
}

void compare_addressing(const config::Interface& planned, const config::Interface& read,
                        std::vector<Difference>& differences) {
  const bool same = planned.ipv4 == read.ipv4 && planned.ipv6 == read.ipv6 && planned.vrf == read.vrf &&
                    same_vlan(planned, read);
  if (same) return;
  const auto shown = [](const config::Interface& of) {
    return fmt::format("{}, {}, VLAN {}, VRF `{}`", of.ipv4 ? to_string(*of.ipv4) : "no IPv4 address",
                       of.ipv6 ? to_string(*of.ipv6) : "no IPv6 address",
                       of.vlan ? std::to_string(*of.vlan) : "none", of.vrf);
  };
  differences.push_back({.text = fmt::format("the interface {} has {}, and was planned with {}",
                                             interface_text(planned), shown(read), shown(planned)),
                         .packet = std::nullopt,
                         .emitted = read.range,
                         .policy = planned.range,
                         .gained = {},
                         .lost = vlans_of(planned)});
}

// What an interface does for its network besides.
void compare_services(const config::Interface& planned, const config::Interface& read,
                      std::vector<Difference>& differences) {
  const auto differ = [&](std::string_view what, const std::string& has, const std::string& wanted) {
    differences.push_back({.text = fmt::format("the interface {} has {} {}, and was planned with {}",
                                               interface_text(planned), what, has, wanted),
                           .packet = std::nullopt,
                           .emitted = read.range,
                           .policy = planned.range,
                           .gained = {},
                           .lost = vlans_of(planned)});
  };
  const std::string relays = addresses_text(read.dhcp_relay), wanted = addresses_text(planned.dhcp_relay);
  if (relays != wanted) differ("the DHCP relay", relays, wanted);
  if (planned.redundancy != read.redundancy)
    differ("the virtual address", redundancy_text(read.redundancy), redundancy_text(planned.redundancy));
  if (planned.private_vlan != read.private_vlan)
    differ("the private VLAN", vlan_text(read.private_vlan), vlan_text(planned.private_vlan));
}

}  // namespace

std::string interface_text(const config::Interface& interface) {
  return interface.name == interface.port || interface.name.empty()
             ? fmt::format("`{}`", interface.port)
             : fmt::format("`{}` ({})", interface.name, interface.port);
}

std::vector<Difference> compare_interface(const config::Interface& planned, const config::Interface& read) {
  std::vector<Difference> differences;
  compare_addressing(planned, read, differences);
  compare_services(planned, read, differences);
  return differences;
}

}  // namespace cordon::prove
