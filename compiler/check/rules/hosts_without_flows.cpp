// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Hosts that no flow names, nor their network or zone: one finding a network.

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "compiler/check/rules.h"
#include "compiler/check/wording.h"

namespace cordon::check {
namespace {

template <class Use>
void for_each_piece(const Context& context, Use use) {
  const ir::Policy& policy = context.policy();
  std::vector<bool> met(policy.endpoints.size());
  const auto visit = [&](ir::EndpointId id) {
    if (!id.valid() || met[id.value]) return;
    met[id.value] = true;
    for (const ir::Piece& piece : policy.endpoints[id].pieces) use(piece);
  };
  for (const FlowFact& fact : context.flows()) {
    visit(fact.flow->from);
    visit(fact.flow->to);
  }
  for (const ir::Network& network : policy.networks) {
    if (network.dhcp) visit(network.dhcp->relay);
  }
}

std::vector<bool> networks_used_whole(const Context& context) {
  std::vector<bool> used(context.policy().networks.size());
  for_each_piece(context, [&](const ir::Piece& piece) {
    if (piece.whole) used[piece.network.value] = true;
  });
  return used;
}

// Joined once for each network, so that ten thousand flows between single hosts stay cheap.
std::vector<ir::Addresses> addresses_named(const Context& context) {
  const std::size_t count = context.policy().networks.size();
  std::vector<std::vector<packet::AddressRange>> v4(count), v6(count);
  for_each_piece(context, [&](const ir::Piece& piece) {
    const auto add = [](std::vector<packet::AddressRange>& to, const ir::AddressSet& set) {
      to.insert(to.end(), set.ranges().begin(), set.ranges().end());
    };
    add(v4[piece.network.value], piece.addresses.v4);
    add(v6[piece.network.value], piece.addresses.v6);
  });
  std::vector<ir::Addresses> named(count);
  for (std::size_t at = 0; at < count; ++at) {
    named[at].v4 = ir::AddressSet(ir::Family::ipv4, std::move(v4[at]));
    named[at].v6 = ir::AddressSet(ir::Family::ipv6, std::move(v6[at]));
  }
  return named;
}

}  // namespace

void hosts_without_flows(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  const std::vector<bool> used = networks_used_whole(context);
  const std::vector<ir::Addresses> named = addresses_named(context);
  std::vector<std::vector<const ir::Host*>> idle(policy.networks.size());
  std::vector<std::size_t> hosts(policy.networks.size());
  for (const ir::Host& host : policy.hosts) {
    const std::uint32_t network = host.network.value;
    ++hosts[network];
    const bool met = used[network] || (host.ipv4 && named[network].v4.contains(*host.ipv4)) ||
                     (host.ipv6 && named[network].v6.contains(*host.ipv6));
    if (!met) idle[network].push_back(&host);
  }
  for (const ir::NetworkId id : policy.networks.ids()) {
    const std::vector<const ir::Host*>& here = idle[id.value];
    if (here.empty()) continue;
    std::vector<std::string> names;
    for (const ir::Host* host : here) names.push_back(host->name);
    findings
        .raise(kind::hosts_without_flows, policy.networks[id].name_range, element_of(policy.networks[id]),
               here.size(), hosts[id.value], policy.networks[id].name)
        .label(here.front()->name_range, "the first of them")
        .note("without a flow: {}", quoted(names, 8))
        .help("take out what is gone; what talks only inside its own network needs no flow")
        .emit();
  }
}

}  // namespace cordon::check
