// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A network with a prefix in a family in which no router has an address there.

#include <algorithm>
#include <vector>

#include "compiler/check/rules.h"

namespace cordon::check {
namespace {

bool has_gateway(const Context& context, const std::vector<graph::AttachmentId>& attached,
                 ir::Family family) {
  return std::ranges::any_of(attached, [&](graph::AttachmentId id) {
    const graph::Attachment& attachment = context.topology().attachments()[id];
    const ir::DeviceId device = context.topology().vertices()[attachment.vertex].device;
    const ir::Interface& interface = context.policy().devices[device].interfaces[attachment.interface];
    return (family == ir::Family::ipv4 ? interface.ipv4 : interface.ipv6).has_value();
  });
}

}  // namespace

void family_without_gateway(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  for (const ir::NetworkId id : policy.networks.ids()) {
    const ir::Network& network = policy.networks[id];
    const std::vector<graph::AttachmentId>& attached = context.topology().attached(id);
    if (!network.zone.valid() || attached.empty()) continue;
    for (const ir::Family family : packet::families) {
      const bool has_prefix = std::ranges::any_of(
          network.prefixes, [&](const ir::Prefix& prefix) { return prefix.family() == family; });
      if (!has_prefix || has_gateway(context, attached, family)) continue;
      const graph::Attachment& first = context.topology().attachments()[attached.front()];
      const ir::Device& device = policy.devices[context.topology().vertices()[first.vertex].device];
      findings
          .raise(kind::family_without_gateway, network.name_range, element_of(network), network.name,
                 family == ir::Family::ipv4 ? "IPv4" : "IPv6")
          .label(device.interfaces[first.interface].range, "no {} address here",
                 family == ir::Family::ipv4 ? "IPv4" : "IPv6")
          .help("give the interface an address of the prefix, or take the prefix off the network")
          .emit();
    }
  }
}

}  // namespace cordon::check
