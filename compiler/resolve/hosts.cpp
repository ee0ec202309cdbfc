// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Hosts and addresses: each in its network, each once.
#include <algorithm>

#include "compiler/resolve/resolver.h"

namespace cordon::resolve {

void Resolver::build_hosts() {
  for (std::uint32_t index = 0; index < hosts_.size(); ++index) {
    build_host(ir::HostId{index}, *hosts_[index].item, hosts_[index].scope);
  }
}

void Resolver::build_host(ir::HostId id, const syntax::Host& host, ScopeId scope) {
  ir::Host& out = policy_.hosts[id];
  out.network = network_reference(host.network, scope);
  if (!host.ipv4.present() && !host.ipv6.present()) {
    diagnostics_.build(kind::host_without_address, host.name.range, host.name.value)
        .help("give it `ipv4:`, `ipv6:` or both")
        .emit();
    return;
  }
  if (!out.network.valid()) return;
  if (host.ipv4.present()) out.ipv4 = address_in(host.ipv4, Family::ipv4, out.network);
  if (host.ipv6.present()) out.ipv6 = address_in(host.ipv6, Family::ipv6, out.network);
  if (out.ipv4) note_address(*out.ipv4, host.ipv4.range);
  if (out.ipv6) note_address(*out.ipv6, host.ipv6.range);
}

namespace {

// The first address of an IPv4 prefix names the network and the last is its broadcast; RFC 3021 frees
// both in a /31, and a /32 has only itself.
bool is_reserved(const Prefix& prefix, Address address) {
  if (prefix.family() != Family::ipv4 || prefix.length > 30) return false;
  return address.bits == prefix.first() || address.bits == prefix.last();
}

std::string prefix_list(const ir::Network& network, Family family) {
  std::string text;
  for (const Prefix& prefix : network.prefixes) {
    if (prefix.family() == family) text += (text.empty() ? "`" : ", `") + to_string(prefix) + "`";
  }
  return text;
}

}  // namespace

std::optional<Address> Resolver::address_in(const syntax::Text& text, Family family,
                                            ir::NetworkId network_id) {
  const auto address = packet::parse_address(text.value);
  const ir::Network& network = policy_.networks[network_id];
  if (!address || address->family != family) {
    diagnostics_.build(kind::bad_address, text.range, text.value, family == Family::ipv4 ? "IPv4" : "IPv6")
        .help("an address without a length, for example `{}`",
              family == Family::ipv4 ? "10.20.0.10" : "'fd00:20::10'")
        .emit();
    return std::nullopt;
  }
  if (packet::not_unicast(family).contains(*address)) {
    diagnostics_.build(kind::bad_address, text.range, text.value, "unicast")
        .help("multicast, loopback and link-local addresses belong to no host of a network")
        .emit();
    return std::nullopt;
  }
  if (broken_networks_[network_id.value]) return std::nullopt;
  if (network.any(family)) {
    if (const auto owner = network_of(*address)) {
      diagnostics_.build(kind::outside_network, text.range, text.value, network.name)
          .label(policy_.networks[*owner].name_range, "`{}` holds it", policy_.networks[*owner].name)
          .help("an `any` network is what no other network declares")
          .emit();
      return std::nullopt;
    }
    return address;
  }
  const auto inside =
      std::ranges::find_if(network.prefixes, [&](const Prefix& prefix) { return prefix.contains(*address); });
  if (inside == network.prefixes.end()) {
    auto builder = diagnostics_.build(kind::outside_network, text.range, text.value, network.name);
    const std::string prefixes = prefix_list(network, family);
    if (prefixes.empty()) {
      builder.label(network.name_range, "it has no {} prefix", family == Family::ipv4 ? "IPv4" : "IPv6");
    } else {
      builder.label(network.name_range, "it has {}", prefixes);
    }
    if (const auto owner = network_of(*address))
      builder.help("`{}` lies in network `{}`", text.value, policy_.networks[*owner].name);
    builder.emit();
    return std::nullopt;
  }
  if (is_reserved(*inside, *address)) {
    diagnostics_.build(kind::reserved_address, text.range, text.value, to_string(*inside))
        .help("no host or interface can have it")
        .emit();
    return std::nullopt;
  }
  return address;
}

void Resolver::check_duplicate_addresses() {
  std::ranges::sort(taken_);
  for (std::size_t index = 1; index < taken_.size(); ++index) {
    if (taken_[index].first != taken_[index - 1].first) continue;
    diagnostics_.build(kind::duplicate_address, taken_[index].second, to_string(taken_[index].first))
        .label(taken_[index - 1].second, "first used here")
        .help("an address is used once in a project, VRFs included")
        .emit();
  }
}

}  // namespace cordon::resolve
