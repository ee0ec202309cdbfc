// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What every networked medical device leans on, and a zone of them is not given: names, time, addresses, and
// RADIUS for whoever has to admit it. Whether its clock listens to NTP the maker's form says, where there is
// one.

#include <optional>
#include <string>
#include <vector>

#include "compiler/check/mds2.h"
#include "compiler/check/needs.h"
#include "compiler/check/networks.h"
#include "compiler/check/rules.h"
#include "compiler/check/wording.h"

namespace cordon::check {
namespace {

std::vector<bool> networks_with_hosts(const ir::Policy& policy) {
  std::vector<bool> listed(policy.networks.size());
  for (const ir::Host& host : policy.hosts) listed[host.network.value] = true;
  return listed;
}

// Who asks a RADIUS server whether a station may come in.
class Admitters {
 public:
  explicit Admitters(const Context& context) : context_(context), asks_(context.policy().devices.size()) {
    for (const FlowFact& fact : context.flows()) {
      if (!serves(*fact.services, Need::radius)) continue;
      if (fact.from->device.valid()) asks_[fact.from->device.value] = true;
      any_ = any_ || fact.from->device.valid() || !is_medical(context.zone(fact.from_zone));
    }
  }

  // A place that says so; nothing when the network has whom it needs.
  [[nodiscard]] std::optional<diagnostics::Label> missing(ir::NetworkId id) const {
    const ir::Network& network = context_.policy().networks[id];
    if (network.wireless && admission_of(*network.wireless) >= Admission::password && !any_)
      return diagnostics::Label{network.wireless->range, "nobody may ask a RADIUS server"};
    if (network.port_authentication == ir::PortAuthentication::none) return std::nullopt;
    for (const AccessPorts& ports : access_ports(context_, id)) {
      if (asks_[ports.device.value]) continue;
      return diagnostics::Label{
          ports.first->range,
          fmt::format("`{}` may ask no RADIUS server", context_.policy().devices[ports.device].name)};
    }
    return std::nullopt;
  }

 private:
  const Context& context_;
  std::vector<bool> asks_;
  bool any_ = false;
};

}  // namespace

void dependencies_missing(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  const Admitters admitters(context);
  const std::vector<bool> listed = networks_with_hosts(policy);
  for (const ir::ZoneId id : policy.zones.ids()) {
    const ir::Zone& zone = policy.zones[id];
    if (!is_medical(zone) || zone.networks.empty()) continue;
    std::vector<std::string> missing;
    std::vector<diagnostics::Label> labels;
    if (!zone_has(context, id, Need::names)) missing.emplace_back("names (udp/53)");
    if (!zone_has(context, id, Need::time) && !is_answered(context, id, "AUDT-4.1.1"))
      missing.emplace_back("time (udp/123)");
    for (const ir::NetworkId network : zone.networks) {
      const ir::Network& here = policy.networks[network];
      if (!here.dhcp && !listed[network.value])
        missing.push_back(fmt::format("addresses for `{}` (`dhcp:`)", here.name));
      if (const auto label = admitters.missing(network)) {
        missing.push_back(fmt::format("RADIUS for `{}` (udp/1812)", here.name));
        labels.push_back(*label);
      }
    }
    if (missing.empty()) continue;
    findings.raise(kind::dependencies_missing, zone.name_range, element_of(zone), zone.name, joined(missing))
        .labels(labels)
        .help(
            "`use: [{{module: profiles/infusion-pumps, with: {{…}}}}]` opens names and time; `dhcp: {{relay: "
            "SERVER}}` on a network opens addresses, and hosts listed with theirs need none")
        .help("RADIUS is a flow from `device:SWITCH` or from the wireless controller to the RADIUS servers")
        .emit();
  }
}

}  // namespace cordon::check
