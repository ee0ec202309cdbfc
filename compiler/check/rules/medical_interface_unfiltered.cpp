// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A routed interface that takes packets from medical devices without a filter.

#include "compiler/check/networks.h"
#include "compiler/check/rules.h"

namespace cordon::check {
namespace {

bool filters_in(const ir::Device& device, const ir::Interface& interface) {
  return device.configured() &&
         (interface.filter == ir::FilterMode::in || interface.filter == ir::FilterMode::both);
}

}  // namespace

void medical_interface_unfiltered(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  for (const ir::NetworkId id : policy.networks.ids()) {
    const ir::Network& network = policy.networks[id];
    if (!in_medical_zone(policy, network)) continue;
    for (const graph::AttachmentId attached : context.topology().attached(id)) {
      const graph::Attachment& attachment = context.topology().attachments()[attached];
      const graph::Vertex& vertex = context.topology().vertices()[attachment.vertex];
      const ir::Device& device = policy.devices[vertex.device];
      const ir::Interface& interface = device.interfaces[attachment.interface];
      if (vertex.attachments.size() < 2 || filters_in(device, interface)) continue;
      findings
          .raise(kind::medical_interface_unfiltered,
                 interface.filter_range.valid() ? interface.filter_range : interface.range,
                 element_of(device), device.name, network.name)
          .here("{}", device.configured() ? "no filter for what comes in" : "the device has no `platform`")
          .label(context.zone(network.zone).name_range, "medical devices")
          .help(
              "write `filter: in` or `both` there; the first device that a pump's packet meets has to judge "
              "it")
          .emit();
    }
  }
}

}  // namespace cordon::check
