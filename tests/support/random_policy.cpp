// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/random_policy.h"

#include <algorithm>
#include <optional>
#include <random>
#include <string>

#include <fmt/format.h>

#include "tests/support/policy_builder.h"
#include "tests/support/random.h"

namespace cordon::test {
namespace {

using packet::Address;
using packet::Family;
using packet::Packet;

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  ir::Policy run() {
    networks();
    devices();
    builder_.settle();
    const std::uint32_t flows = 1 + random_.below(5);
    for (std::uint32_t i = 0; i < flows; ++i) flow();
    return std::move(builder_.policy());
  }

 private:
  void networks() {
    const std::uint32_t hosts = 2 + random_.below(5), transits = random_.below(5);
    for (std::uint32_t k = 0; k < hosts; ++k) {
      names_.push_back(fmt::format("n{}", k));
      builder_.network(names_.back(), prefixes(k));
    }
    if (random_.chance(60)) {
      builder_.network("outside", random_.chance(70) ? std::vector<std::string>{"any4", "any6"}
                                                     : std::vector<std::string>{"any4"});
      builder_.zone("outside", {"outside"}, random_.chance(50));
      zones_.push_back("outside");
      names_.push_back("outside");
    }
    for (std::uint32_t k = 0; k < transits; ++k) {
      transits_.push_back(fmt::format("t{}", k));
      builder_.network(transits_.back(), prefixes(100 + k));
    }
    for (std::uint32_t k = 0; k < hosts;) {
      std::vector<std::string> members;
      for (std::uint32_t size = 1 + random_.below(3); size > 0 && k < hosts; --size, ++k)
        members.push_back(names_[k]);
      if (!transits_.empty() && random_.chance(20)) {  // a zone with a network that others pass through
        const std::string& transit = random_.pick(transits_);
        ir::Network& network = builder_.policy().networks[builder_.network_id(transit)];
        if (!network.zone.valid()) {
          network.transit = true;
          members.push_back(transit);
        }
      }
      zones_.push_back(fmt::format("z{}", zones_.size()));
      builder_.zone(zones_.back(), members, random_.chance(40));
    }
  }

  std::vector<std::string> prefixes(std::uint32_t k) {
    std::vector<std::string> result;
    const std::uint32_t kind = random_.below(4);
    if (kind != 1) result.push_back(fmt::format("10.{}.0.0/24", k));
    if (kind >= 1) result.push_back(fmt::format("fd00:{:x}::/64", k));
    return result;
  }

  // Most devices filter, most hang together, and most isolation is attested: what is refused otherwise is
  // left to a few.
  void devices() {
    const std::uint32_t count = 1 + random_.below(5);
    for (std::uint32_t d = 0; d < count; ++d) {
      const std::string name = fmt::format("d{}", d);
      const bool filters = random_.chance(90);
      ir::Device& device = builder_.device(name, filters ? random_.pick(platforms_) : "");
      if (random_.chance(40)) device.state_sync = "pair";
      const ir::FilterMode whole = random_.chance(50) ? ir::FilterMode::out : ir::FilterMode::both;
      modes_.push_back(random_.chance(80) ? ir::FilterMode::in : whole);
      const std::uint32_t interfaces = 2 + random_.below(4);
      const bool vrfs = random_.chance(10);
      if (d > 0 && !transits_.empty() && random_.chance(90)) attach(name, d, 7, transits_.front(), false);
      for (std::uint32_t i = 0; i < interfaces; ++i) {
        // Prefer transit networks, so that paths are long and loops are many.
        const bool transit = !transits_.empty() && random_.chance(filters ? 50 : 95);
        attach(name, d, i, random_.pick(transit ? transits_ : names_), vrfs);
      }
    }
    attach_the_rest(count);
    for (ir::Network& network : builder_.policy().networks) {
      if (random_.chance(95)) network.isolation.emplace();
    }
  }

  // No host network without a device, no device without the first transit network.
  void attach_the_rest(std::uint32_t count) {
    if (!transits_.empty() && random_.chance(90)) attach("d0", 0, 7, transits_.front(), false);
    for (std::uint32_t k = 0; k < names_.size(); ++k) {
      const bool bare = std::ranges::none_of(builder_.policy().devices, [&](const ir::Device& device) {
        return std::ranges::any_of(device.interfaces, [&](const ir::Interface& interface) {
          return interface.network == builder_.network_id(names_[k]);
        });
      });
      std::uint32_t d = random_.below(count);
      if (!builder_.policy().devices[ir::DeviceId{d}].configured()) d = random_.below(count);
      if (bare) attach(fmt::format("d{}", d), d, 50 + k, names_[k], false);
    }
  }

  void attach(const std::string& device, std::uint32_t d, std::uint32_t i, const std::string& network,
              bool vrfs) {
    const ir::Network& target = builder_.policy().networks[builder_.network_id(network)];
    std::vector<std::string> addresses;
    for (const packet::Prefix& prefix : target.prefixes) {
      addresses.push_back(packet::to_string(Address{prefix.family(), prefix.first() + 1 + d * 8 + i % 8}));
    }
    if (target.any_ipv4) addresses.push_back(fmt::format("198.51.100.{}", 1 + d * 8 + i % 8));
    if (target.any_ipv6) addresses.push_back(fmt::format("2001:db8::{:x}", 1 + d * 8 + i % 8));
    ir::Interface& interface = builder_.interface(device, fmt::format("i{}", i), network, addresses);
    if (vrfs) interface.vrf = random_.chance(50) ? "red" : "";
    interface.filter = random_.chance(10) ? ir::FilterMode::both : modes_[d];
    const bool inside = !target.zone.valid();
    if (random_.chance(inside ? 10 : 2)) interface.filter = ir::FilterMode::none;
    if (random_.chance(inside ? 7 : 1)) interface.filter = ir::FilterMode::out;
    if (random_.chance(20)) interface.cost = random_.below(4);
    if (random_.chance(15) && interface.ipv4 && !target.any_ipv4) {
      interface.redundancy = ir::Redundancy{.protocol = ir::Redundancy::Protocol::hsrp,
                                            .group = 1,
                                            .ipv4 = {},
                                            .ipv6 = {},
                                            .priority = {},
                                            .range = {}};
      interface.redundancy->ipv4 = Address{Family::ipv4, (interface.ipv4->bits & ~packet::Bits{255}) + 120};
    }
  }

  std::string end() {
    const std::uint32_t kind = random_.below(10);
    if (kind < 4) return random_.pick(zones_);
    if (kind < 6) return random_.pick(names_);
    const ir::Policy& policy = builder_.policy();
    if (kind == 6) return "device:" + policy.devices[ir::DeviceId{random_.below(policy.devices.size())}].name;
    const ir::Network& network = policy.networks[builder_.network_id(random_.pick(names_))];
    if (network.any_ipv4) return random_.chance(50) ? "203.0.113.7" : "203.0.112.0/23";
    if (network.prefixes.empty()) return network.name;
    const packet::Prefix& prefix = random_.pick(network.prefixes);
    if (kind == 7) return packet::to_string(Address{prefix.family(), prefix.first() + 200});
    if (kind == 8)
      return packet::to_string(packet::Prefix{prefix.address, static_cast<std::uint8_t>(prefix.length + 1)});
    for (const ir::Device& device : policy.devices) {  // a literal that is a device's own address
      for (const ir::Interface& interface : device.interfaces) {
        if (interface.ipv4 && random_.chance(20)) return packet::to_string(*interface.ipv4);
      }
    }
    return network.name;
  }

  void flow() {
    const auto ends = [&] {
      std::vector<std::string> list{end()};
      // A device stands alone: its addresses do not mix with others in one endpoint.
      while (!list.front().starts_with("device:") && random_.chance(25)) {
        const std::string other = end();
        if (!other.starts_with("device:")) list.push_back(other);
      }
      return list;
    };
    const std::vector<std::string> services{"tcp/443",
                                            "udp/53",
                                            "tcp/1000-1999",
                                            "icmp/echo-request",
                                            "icmpv6/echo-request",
                                            "ip/50",
                                            "tcp/1024-65535->22",
                                            "any"};
    std::vector<std::string> chosen{random_.pick(services)};
    if (random_.chance(30)) chosen.push_back(random_.pick(services));
    const std::string conduit = fmt::format("c{}", random_.below(3));
    const std::vector<std::string> from = ends(), to = ends();
    builder_.flow(conduit, from, to, chosen);
  }

  Random random_;
  PolicyBuilder builder_;
  const std::vector<std::string> platforms_{"stateful", "stateless", "stateless-guard",
                                            "stateful", "stateless", "stateful-twice"};
  std::vector<ir::FilterMode> modes_;  // of each device
  std::vector<std::string> names_, transits_, zones_;
};

std::vector<Address> interesting_addresses(const ir::Policy& policy, Family family) {
  std::vector<Address> found;
  const auto add = [&](const packet::AddressSet& set) {
    for (const packet::AddressRange& range : set.ranges()) {
      found.push_back({family, range.first});
      found.push_back({family, range.last});
    }
  };
  for (const ir::Network& network : policy.networks) {
    if (!network.any(family)) add(network.addresses.of(family));
    if (!network.any(family) && !network.addresses.of(family).empty()) {
      found.push_back({family, network.addresses.of(family).ranges().front().first + 77});
    }
  }
  for (const ir::Endpoint& endpoint : policy.endpoints) {
    for (const ir::Piece& piece : endpoint.pieces) {
      if (piece.addresses.of(family).ranges().size() < 4) add(piece.addresses.of(family));
    }
  }
  add(policy.device_addresses.of(family));
  for (const char* text : {"203.0.113.7", "203.0.113.8", "192.0.2.1", "2001:db8:1::7", "2600::1", "224.0.0.9",
                           "127.0.0.1", "ff05::9"}) {
    const Address address = packet::parse_address(text).value();
    if (address.family == family) found.push_back(address);
  }
  return found;
}

// An address of one end of a flow: of a device, or at either side of a range.
std::optional<Address> address_in(const ir::Policy& policy, ir::EndpointId id, Family family,
                                  Random& random) {
  const ir::Endpoint& endpoint = policy.endpoints[id];
  if (endpoint.device.valid()) {
    const std::vector<ir::Interface>& interfaces = policy.devices[endpoint.device].interfaces;
    const ir::Interface& interface = random.pick(interfaces);
    if (family == Family::ipv4 && interface.redundancy && random.chance(30))
      return interface.redundancy->ipv4;
    return family == Family::ipv4 ? interface.ipv4 : interface.ipv6;
  }
  const ir::Piece& piece = random.pick(endpoint.pieces);
  const std::vector<packet::AddressRange>& ranges = piece.addresses.of(family).ranges();
  if (ranges.empty()) return std::nullopt;
  const packet::AddressRange& range = random.pick(ranges);
  return Address{family, random.chance(50) ? range.last : range.first + (range.last - range.first) / 2};
}

// A packet that a flow opens.
std::optional<Packet> packet_of(const ir::Policy& policy, Random& random) {
  std::vector<const ir::Flow*> flows;
  for (const ir::Conduit& conduit : policy.conduits) {
    for (const ir::Flow& flow : conduit.flows) flows.push_back(&flow);
  }
  if (flows.empty()) return std::nullopt;
  const ir::Flow& flow = *random.pick(flows);
  Packet packet;
  packet.family = random.chance(50) ? Family::ipv4 : Family::ipv6;
  const std::optional<Address> source = address_in(policy, flow.from, packet.family, random);
  const std::optional<Address> target = address_in(policy, flow.to, packet.family, random);
  if (!source || !target) return std::nullopt;
  packet.source = source->bits;
  packet.destination = target->bits;
  const packet::ServiceTerm& term = random.pick(policy.service_lists[flow.services].terms);
  packet.protocol = term.protocol.value_or(random.chance(50) ? packet::protocol::tcp : std::uint8_t{50});
  if (packet::has_ports(packet.protocol)) {
    packet.source_port = term.source.last;
    packet.destination_port = random.chance(50) ? term.destination.first : term.destination.last;
    if (packet.protocol == packet::protocol::tcp) packet.tcp_flags = 2;
  }
  packet.icmp_type = term.icmp_type.value_or(0);
  return packet;
}

// One step away from what is allowed.
void disturb(Packet& packet, Random& random) {
  switch (random.below(8)) {
    case 0:
      std::swap(packet.source, packet.destination);
      break;
    case 1:
      std::swap(packet.source, packet.destination);
      std::swap(packet.source_port, packet.destination_port);
      if (packet.protocol == packet::protocol::tcp) packet.tcp_flags = 16;
      if (packet.protocol == packet::protocol::icmp) packet.icmp_type = 0;
      if (packet.protocol == packet::protocol::icmpv6) packet.icmp_type = 129;
      break;
    case 2:
      if (packet::has_ports(packet.protocol)) ++packet.destination_port;
      break;
    case 3:
      ++packet.source;
      break;
    case 4:
      packet.protocol = packet.family == Family::ipv4 ? packet::protocol::icmp : packet::protocol::icmpv6;
      packet.source_port = packet.destination_port = 0;
      packet.tcp_flags = 0;
      packet.icmp_type = packet.family == Family::ipv4 ? 3 : 1;
      if (random.chance(50)) std::swap(packet.source, packet.destination);
      break;
    default:
      break;
  }
}

// Infrastructure is tested by name; here it would only be in the way.
bool is_infrastructure(const Packet& packet) {
  const auto port = [&](std::uint16_t number) {
    return packet.source_port == number || packet.destination_port == number;
  };
  return packet.protocol == packet::protocol::vrrp || packet.protocol == packet::protocol::ospf || port(67) ||
         port(68) || port(546) || port(547) || port(1985) || port(2029) ||
         (packet.protocol == packet::protocol::icmpv6 &&
          (packet.fragment == packet::Fragment::later ||
           (packet.icmp_type >= 130 && packet.icmp_type <= 143)));
}

}  // namespace

ir::Policy random_policy(std::uint64_t seed) { return Generator(seed).run(); }

std::vector<Packet> random_packets(const ir::Policy& policy, std::uint64_t seed, std::size_t count) {
  Random random(seed);
  const std::vector<Address> addresses[] = {interesting_addresses(policy, Family::ipv4),
                                            interesting_addresses(policy, Family::ipv6)};
  const std::vector<std::uint16_t> ports{22, 53, 443, 999, 1000, 1500, 1999, 2000, 1023, 1024, 40000};
  const std::vector<std::uint8_t> protocols{6, 6, 17, 50, 51, 1, 58}, types{0, 3, 5, 8, 11, 12},
      types6{1, 2, 4, 5, 128, 129};
  const std::vector<std::uint8_t> flags{2, 16, 18, 4, 1};
  std::vector<Packet> packets;
  while (packets.size() < count) {
    if (random.chance(50)) {
      if (std::optional<Packet> packet = packet_of(policy, random)) {
        disturb(*packet, random);
        if (!is_infrastructure(*packet)) packets.push_back(*packet);
      }
      if (random.chance(80)) continue;
    }
    Packet packet;
    packet.family = random.chance(60) ? Family::ipv4 : Family::ipv6;
    const std::vector<Address>& known = addresses[static_cast<std::size_t>(packet.family)];
    packet.source = random.pick(known).bits;
    packet.destination = random.pick(known).bits;
    packet.protocol = random.pick(protocols);
    if (random.chance(6)) {
      packet.fragment = packet::Fragment::later;
    } else if (packet::has_ports(packet.protocol)) {
      packet.source_port = random.pick(ports);
      packet.destination_port = random.pick(ports);
      if (packet.protocol == packet::protocol::tcp) packet.tcp_flags = random.pick(flags);
    } else if (packet::is_icmp(packet.protocol)) {
      packet.icmp_type = random.pick(packet.protocol == packet::protocol::icmp ? types : types6);
    }
    if (!is_infrastructure(packet)) packets.push_back(packet);
  }
  return packets;
}

}  // namespace cordon::test
