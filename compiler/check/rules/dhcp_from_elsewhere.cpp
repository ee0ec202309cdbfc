// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A network that takes its addresses from a server outside the zones of infrastructure.

#include <string>

#include "compiler/check/rules.h"

namespace cordon::check {
namespace {

bool hands_out(const ir::Zone& zone) {
  return is_infrastructure(zone) || is_management(zone) || is_clinical_server(zone);
}

}  // namespace

void dhcp_from_elsewhere(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  for (const ir::Network& network : policy.networks) {
    if (!network.dhcp || !network.dhcp->relay.valid()) continue;
    const ir::Endpoint& servers = policy.endpoints[network.dhcp->relay];
    for (const ir::Piece& piece : servers.pieces) {
      const ir::ZoneId id = policy.networks[piece.network].zone;
      if (id.valid() && hands_out(policy.zones[id])) continue;
      const ir::Range place =
          id.valid() ? context.zone(id).name_range : policy.networks[piece.network].name_range;
      findings
          .raise(kind::dhcp_from_elsewhere, network.dhcp->range, element_of(network), network.name,
                 servers.label,
                 id.valid() ? fmt::format("in zone `{}`", context.zone(id).name) : std::string("in no zone"))
          .label(place, "not a zone of infrastructure")
          .help("relay to a server in a zone of type `enterprise-services` or `management`")
          .emit();
      break;
    }
  }
}

}  // namespace cordon::check
