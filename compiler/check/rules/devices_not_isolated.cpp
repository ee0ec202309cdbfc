// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A zone of medical devices whose devices may talk to each other.

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "compiler/check/rules.h"
#include "compiler/check/wording.h"

namespace cordon::check {
namespace {

// What the hosts of a network are plugged into.
struct Attached {
  std::set<ir::DeviceId> switches, others;  // configured here; not
};

Attached attached(const Context& context, ir::NetworkId network) {
  Attached found;
  for (const graph::Member& member : context.layer2().span(network).members) {
    if (member.kind == graph::MemberKind::routed) continue;
    const ir::DeviceId device = context.layer2().segments()[member.segment].device;
    const bool ours =
        member.kind == graph::MemberKind::access && context.policy().devices[device].configured();
    (ours ? found.switches : found.others).insert(device);
  }
  return found;
}

std::string names_of(const ir::Policy& policy, const std::set<ir::DeviceId>& devices) {
  std::vector<std::string> names;
  for (const ir::DeviceId id : devices) names.push_back(policy.devices[id].name);
  return quoted(names);
}

// What the network lacks for `isolate: true` to be held; empty: nothing.
std::string lack(const Context& context, ir::NetworkId id) {
  const ir::Network& network = context.policy().networks[id];
  if (network.any_ipv4 || network.any_ipv6) return {};
  const Attached at = attached(context, id);
  const std::string statement =
      fmt::format("`isolation: {{attested: DOCUMENT, date: {}}}`", to_string(context.as_of()));
  if (!at.switches.empty() && !at.others.empty())
    return fmt::format(
        "network `{}` hangs on {}, and also on {}, which is not configured here: give the hosts there "
        "a network of their own",
        network.name, names_of(context.policy(), at.switches), names_of(context.policy(), at.others));
  if (at.switches.size() > 1 && !network.isolated_vlan)
    return fmt::format("network `{}` has ports on {}: give it an `isolated-vlan:`, a VLAN of no network",
                       network.name, names_of(context.policy(), at.switches));
  if (!at.switches.empty() || network.isolation) return {};
  if (network.wireless)
    return fmt::format(
        "network `{}` is on the air: write {} on it, with the document that shows that its clients "
        "are kept apart",
        network.name, statement);
  if (!at.others.empty())
    return fmt::format(
        "network `{}` hangs on {} without a `platform:`: give it one, and its ports their names there, so "
        "that they are "
        "separated, or write {} on the network",
        network.name, names_of(context.policy(), at.others), statement);
  return fmt::format(
      "network `{}` has no access port: declare them on a switch that has a `platform:`, or write {} "
      "on the network",
      network.name, statement);
}

}  // namespace

void devices_not_isolated(const Context& context, Findings& findings) {
  constexpr std::size_t shown = 4;
  for (const ir::Zone& zone : context.policy().zones) {
    if (!is_medical(zone) || zone.isolate) continue;
    std::vector<std::string> helps{fmt::format("add `isolate: true` to zone `{}`", zone.name)};
    for (const ir::NetworkId network : zone.networks) {
      std::string help = lack(context, network);
      if (!help.empty() && helps.size() <= shown) helps.push_back(std::move(help));
    }
    findings.raise(kind::devices_not_isolated, zone.name_range, element_of(zone), zone.name)
        .helps(helps)
        .emit();
  }
}

}  // namespace cordon::check
