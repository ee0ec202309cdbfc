// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Single addresses in flows that no host of the project has.
//
// In networks outside, such as `any` and those of vendors, nobody lists hosts.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/check/rules.h"
#include "compiler/check/wording.h"

namespace cordon::check {
namespace {

struct Strays {
  std::set<ir::Address> addresses;
  Range first;
};

void collect(const ir::Policy& policy, const std::set<ir::Address>& known, const ir::Endpoint& endpoint,
             Range range, std::map<ir::NetworkId, Strays>& strays) {
  for (const ir::Piece& piece : endpoint.pieces) {
    const ir::Network& network = policy.networks[piece.network];
    const bool outside = !network.zone.valid() || is_outside(policy.zones[network.zone]);
    if (piece.whole || outside) continue;
    for (const ir::Family family : packet::families) {
      if (network.any(family)) continue;
      for (const packet::AddressRange& each : piece.addresses.of(family).ranges()) {
        const ir::Address address{family, each.first};
        if (each.first != each.last || known.contains(address)) continue;
        Strays& here = strays[piece.network];
        if (here.addresses.empty() || range < here.first) here.first = range;
        here.addresses.insert(address);
      }
    }
  }
}

}  // namespace

void address_of_no_host(const Context& context, Findings& findings) {
  const ir::Policy& policy = context.policy();
  std::set<ir::Address> known;
  for (const ir::Host& host : policy.hosts) {
    if (host.ipv4) known.insert(*host.ipv4);
    if (host.ipv6) known.insert(*host.ipv6);
  }
  std::map<ir::NetworkId, Strays> strays;
  for (const FlowFact& fact : context.flows()) {
    collect(policy, known, *fact.from, fact.flow->from_range, strays);
    collect(policy, known, *fact.to, fact.flow->to_range, strays);
  }
  for (const auto& [id, found] : strays) {
    const ir::Network& network = policy.networks[id];
    std::vector<std::string> texts;
    for (const ir::Address& address : found.addresses) texts.push_back(to_string(address));
    findings.raise(kind::address_of_no_host, found.first, element_of(network), quoted(texts, 4), network.name)
        .label(network.name_range, "its network")
        .help("declare who it is under `hosts:`, and write the name in the flow")
        .emit();
  }
}

}  // namespace cordon::check
