// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <utility>

#include "compiler/diagnostics/kinds/plan.h"
#include "compiler/plan/checks.h"

namespace cordon::plan {
namespace {

namespace kind = diagnostics::kind;
using config::Support;

constexpr packet::Bits most_relay_servers = 8;

class DeviceCheck {
 public:
  DeviceCheck(const ir::Policy& policy, const ir::Device& device, const config::Capabilities& capabilities,
              diagnostics::Diagnostics& diagnostics)
      : policy_(policy), device_(device), capabilities_(capabilities), diagnostics_(diagnostics) {}

  void run() {
    for (const ir::Interface& interface : device_.interfaces) {
      filters(interface);
      if (!interface.vrf.empty()) require(capabilities_.vrf, "VRFs", interface.name_range, vrf_);
      if (interface.redundancy) redundancy(*interface.redundancy);
      const ir::Network& network = policy_.networks[interface.network];
      if (network.dhcp && network.dhcp->relay.valid()) {
        require(capabilities_.dhcp_relay, "DHCP relay", network.dhcp->range, relay_);
      }
    }
    // A link at a routed port only says where the cable goes.
    for (const ir::Port& port : device_.ports) {
      if (!port.to) require(capabilities_.switching, "switch ports", port.range, switching_);
    }
    if (!device_.radios.empty()) {
      require(Support::no, "radios that could be configured from here", device_.radios.front().range,
              radios_);
    }
  }

 private:
  // Once for each device and capability: one cause, one message.
  void require(config::Support support, std::string_view what, source::Range range, bool& reported) {
    if (support == Support::yes || std::exchange(reported, true)) return;
    diagnostics_.build(kind::missing_capability, range, device_.platform, device_.name, what)
        .label(device_.platform_range, "this platform")
        .help("choose a platform that has it, or model the device differently")
        .emit();
  }

  void redundancy(const ir::Redundancy& redundancy) {
    if (redundancy.protocol == ir::Redundancy::Protocol::hsrp) {
      require(capabilities_.hsrp, "HSRP", redundancy.range, hsrp_);
    } else {
      require(capabilities_.vrrp, "VRRP", redundancy.range, vrrp_);
    }
  }

  void filters(const ir::Interface& interface) {
    const bool in = interface.filter == ir::FilterMode::in || interface.filter == ir::FilterMode::both;
    const bool out = interface.filter == ir::FilterMode::out || interface.filter == ir::FilterMode::both;
    const source::Range range =
        interface.filter_range.valid() ? interface.filter_range : interface.name_range;
    if (in) require(capabilities_.filter_in, "filters on what an interface receives", range, filter_in_);
    if (out) require(capabilities_.filter_out, "filters on what an interface sends", range, filter_out_);
  }

  const ir::Policy& policy_;
  const ir::Device& device_;
  const config::Capabilities& capabilities_;
  diagnostics::Diagnostics& diagnostics_;
  bool filter_in_ = false, filter_out_ = false, vrf_ = false, hsrp_ = false, vrrp_ = false, relay_ = false,
       switching_ = false, radios_ = false;
};

void check_relay(const ir::Policy& policy, const ir::Network& network,
                 diagnostics::Diagnostics& diagnostics) {
  packet::Bits servers = 0;
  for (const ir::Piece& piece : policy.endpoints[network.dhcp->relay].pieces) {
    for (const packet::AddressRange& range : piece.addresses.v4.ranges()) {
      servers += std::min(range.last - range.first, most_relay_servers) + 1;
    }
  }
  if (servers <= most_relay_servers) return;
  diagnostics.build(kind::relay_not_hosts, network.dhcp->range, network.name)
      .help("name the DHCP server, or a group of at most {} servers",
            static_cast<unsigned>(most_relay_servers))
      .emit();
}

}  // namespace

void check_capabilities(const ir::Policy& policy, const CapabilitiesOf& capabilities,
                        diagnostics::Diagnostics& diagnostics) {
  for (const ir::DeviceId id : policy.devices.ids()) {
    const ir::Device& device = policy.devices[id];
    if (device.configured()) DeviceCheck(policy, device, *capabilities(id), diagnostics).run();
  }
  for (const ir::Network& network : policy.networks) {
    if (network.dhcp && network.dhcp->relay.valid()) check_relay(policy, network, diagnostics);
  }
}

}  // namespace cordon::plan
