// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_ios/backend.h"
#include "backends/cisco_ios/check.h"
#include "backends/cisco_ios/emit.h"
#include "backends/cisco_ios/limits.h"
#include "backends/cisco_ios/read.h"

namespace cordon::backends {
namespace {

using config::StateTracking;
using config::Support;

constexpr backend::BackendInfo ios_info = {
    .name = "cisco-ios",
    .title = cisco_ios::title,
    .capabilities =
        {
            .state = StateTracking::none,
            .reassembles = Support::no,
            .filter_in = Support::yes,
            .filter_out = Support::yes,
            .filter_sees_own = Support::yes,
            .own_filter = Support::no,
            .addressing = Support::yes,
            .vrf = Support::yes,
            .switching = Support::yes,
            .private_vlan = Support::yes,
            .protected_ports = Support::yes,
            .dhcp_relay = Support::yes,
            .hsrp = Support::yes,
            .vrrp = Support::yes,
            .vlan_port = std::string_view("Vlan{vlan}"),
            .plain_port = std::string_view("GigabitEthernet1/1/{n}"),
        },
};

class CiscoIos final : public backend::Backend {
 public:
  [[nodiscard]] const backend::BackendInfo& info() const override { return ios_info; }
  void check(const config::Device& device, diagnostics::Diagnostics& diagnostics) const override {
    cisco_ios::check(device, diagnostics);
  }
  [[nodiscard]] std::vector<backend::OutputFile> emit(const config::Device& device) const override {
    return {cisco_ios::emit(device)};
  }
  [[nodiscard]] config::Reading read(const source::Sources& sources,
                                     std::span<const source::FileId> files) const override {
    return cisco_ios::read_configuration(sources, files);
  }
};

}  // namespace

std::unique_ptr<backend::Backend> make_cisco_ios() { return std::make_unique<CiscoIos>(); }

}  // namespace cordon::backends
