// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What Linux with nftables can do, and the class that hands the parts out.

#include "backends/nftables/backend.h"
#include "backends/nftables/parts.h"
#include "backends/nftables/read.h"

namespace cordon::backends {
namespace nftables {

const backend::BackendInfo& backend_info() {
  using config::Support;
  // A relay agent, and the daemons of redundancy and routing protocols, are other programs on the same
  // machine: what is written here is the filter that lets their packets through. A VRF is a network
  // namespace into which the same file is loaded.
  static constexpr backend::BackendInfo info{.name = "nftables",
                                             .title = "Linux nftables",
                                             .capabilities = {.state = config::StateTracking::full,
                                                              .reassembles = Support::yes,
                                                              .filter_in = Support::yes,
                                                              .filter_out = Support::yes,
                                                              .filter_sees_own = Support::yes,
                                                              .own_filter = Support::yes,
                                                              .addressing = Support::no,
                                                              .vrf = Support::yes,
                                                              .switching = Support::no,
                                                              .private_vlan = Support::no,
                                                              .protected_ports = Support::no,
                                                              .dhcp_relay = Support::yes,
                                                              .hsrp = Support::yes,
                                                              .vrrp = Support::yes,
                                                              .vlan_port = std::string_view("eth0.{vlan}"),
                                                              .plain_port = std::string_view("lan{n}")}};
  return info;
}

namespace {

class Nftables final : public backend::Backend {
 public:
  [[nodiscard]] const backend::BackendInfo& info() const override { return backend_info(); }
  void check(const config::Device& device, diagnostics::Diagnostics& diagnostics) const override {
    check_device(device, diagnostics);
  }
  [[nodiscard]] std::vector<backend::OutputFile> emit(const config::Device& device) const override {
    return emit_device(device);
  }
  [[nodiscard]] config::Reading read(const source::Sources& sources,
                                     std::span<const source::FileId> files) const override {
    return read_configuration(sources, files);
  }
};

}  // namespace
}  // namespace nftables

std::unique_ptr<backend::Backend> make_nftables() { return std::make_unique<nftables::Nftables>(); }

}  // namespace cordon::backends
