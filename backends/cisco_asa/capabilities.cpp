// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_asa/backend.h"
#include "backends/cisco_asa/check.h"
#include "backends/cisco_asa/emit.h"
#include "backends/cisco_asa/limits.h"
#include "backends/cisco_asa/read.h"

namespace cordon::backends {
namespace {

using config::StateTracking;
using config::Support;

constexpr backend::BackendInfo asa_info = {
    .name = "cisco-asa",
    .title = cisco_asa::title,
    .capabilities =
        {
            .state = StateTracking::full,
            .reassembles = Support::yes,
            .filter_in = Support::yes,
            .filter_out = Support::yes,
            .filter_sees_own = Support::no,
            .own_filter = Support::yes,
            .addressing = Support::yes,
            .vrf = Support::no,
            .switching = Support::no,
            .private_vlan = Support::no,
            .protected_ports = Support::no,
            .dhcp_relay = Support::yes,
            .hsrp = Support::no,
            .vrrp = Support::no,
            // Ports of networks without a VLAN count from GigabitEthernet0/0, so the trunk is another one.
            .vlan_port = std::string_view("TenGigabitEthernet0/8.{vlan}"),
            .plain_port = std::string_view("GigabitEthernet0/{n}"),
        },
};

class CiscoAsa final : public backend::Backend {
 public:
  [[nodiscard]] const backend::BackendInfo& info() const override { return asa_info; }
  void check(const config::Device& device, diagnostics::Diagnostics& diagnostics) const override {
    cisco_asa::check(device, diagnostics);
  }
  [[nodiscard]] std::vector<backend::OutputFile> emit(const config::Device& device) const override {
    return {cisco_asa::emit(device)};
  }
  [[nodiscard]] config::Reading read(const source::Sources& sources,
                                     std::span<const source::FileId> files) const override {
    return cisco_asa::read_configuration(sources, files);
  }
};

}  // namespace

std::unique_ptr<backend::Backend> make_cisco_asa() { return std::make_unique<CiscoAsa>(); }

}  // namespace cordon::backends
