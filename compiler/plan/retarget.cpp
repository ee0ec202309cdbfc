// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/plan/retarget.h"

#include <utility>

#include <fmt/format.h>

namespace cordon::plan {
namespace {

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

}  // namespace

std::string port_name(std::string_view pattern, unsigned vlan, unsigned number) {
  std::string name(pattern);
  replace_all(name, "{vlan}", fmt::format("{}", vlan));
  replace_all(name, "{n}", fmt::format("{}", number));
  return name;
}

void retarget(ir::Policy& policy, ir::DeviceId id, std::string platform,
              const config::Capabilities& capabilities) {
  ir::Device& device = policy.devices[id];
  device.platform = std::move(platform);
  device.version.clear();  // it named a version of the other platform
  for (const ir::Port& port : device.ports) {
    if (port.access.valid()) policy.networks[port.access].ports_set_aside = true;
  }
  device.ports.clear();
  unsigned plain = 0;
  for (ir::Interface& interface : device.interfaces) {
    const ir::Network& network = policy.networks[interface.network];
    interface.port = network.vlan ? port_name(capabilities.vlan_port, *network.vlan, plain)
                                  : port_name(capabilities.plain_port, 0, plain);
    if (!network.vlan) ++plain;
  }
}

}  // namespace cordon::plan
