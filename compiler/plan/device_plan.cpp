// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/plan/device_plan.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "compiler/plan/infrastructure.h"
#include "compiler/plan/resolver.h"

namespace cordon::plan {
namespace {

using config::Stage;

constexpr std::size_t longest_shared_name = 48;

std::optional<packet::Prefix> with_length(const std::optional<ir::Address>& address,
                                          std::optional<std::uint8_t> stated, const ir::Network& network) {
  if (!address) return std::nullopt;
  for (const packet::Prefix& prefix : network.prefixes) {
    if (prefix.contains(*address)) return packet::Prefix{.address = *address, .length = prefix.length};
  }
  const auto alone = static_cast<std::uint8_t>(packet::width(address->family));
  return packet::Prefix{.address = *address, .length = stated.value_or(alone)};
}

// Where a filter stands: a stage, and an interface unless one filter is the whole device's own.
struct Spot {
  Stage stage = Stage::own;
  std::uint32_t interface = 0;
  friend auto operator<=>(const Spot&, const Spot&) = default;
};

class DevicePlan {
 public:
  DevicePlan(const Shared& shared, ir::DeviceId id, const config::Capabilities& capabilities)
      : shared_(shared),
        id_(id),
        source_(shared.policy.devices[id]),
        capabilities_(capabilities),
        sets_(device_),
        resolver_(shared.policy, shared.topology, shared.extents, shared.demands, sets_) {}

  config::Device run(const std::vector<Use>& uses) {
    describe();
    place_filters();
    for (const bool reply : {false, true}) {
      for (const Use& use : uses) {
        if (use.reply == reply) take(use);
      }
      for (auto& [spot, draft] : drafts_) flush(draft);
    }
    manage();
    for (auto& [spot, draft] : drafts_) bind(spot, draft);
    if (capabilities_.switching == config::Support::yes) plan_ports(shared_.layer2, id_, sets_, device_);
    renumber(device_);
    return std::move(device_);
  }

 private:
  using Pair = std::pair<config::AddressSetId, config::AddressSetId>;
  using Ends = std::tuple<Family, Kind, Kind>;

  // A filter in the making, and the products of the demand that it is at.
  struct Draft {
    FilterBuilder builder;
    DemandId demand;
    bool reply = false;
    std::map<Ends, std::vector<Pair>> products;
  };

  [[nodiscard]] graph::AttachmentId attachment(std::uint32_t interface) const {
    return shared_.topology.attachment(id_, interface);
  }
  [[nodiscard]] const ir::Network& network_at(std::uint32_t interface) const {
    return shared_.policy.networks[source_.interfaces[interface].network];
  }

  void describe() {
    device_.name = source_.name;
    device_.platform = source_.platform;
    device_.version = source_.version;
    device_.range = source_.name_range;
    device_.parking_vlan = source_.parking_vlan;
    for (std::uint32_t i = 0; i < source_.interfaces.size(); ++i) device_.interfaces.push_back(describe(i));
  }

  [[nodiscard]] config::Interface describe(std::uint32_t index) const {
    const ir::Interface& from = source_.interfaces[index];
    const ir::Network& network = network_at(index);
    config::Interface interface;
    interface.name = from.name;
    interface.port = from.port;
    interface.description = network.name;
    if (network.zone.valid()) interface.description += " in zone " + shared_.policy.zones[network.zone].name;
    interface.vlan = network.vlan;
    interface.ipv4 = with_length(from.ipv4, from.ipv4_length, network);
    interface.ipv6 = with_length(from.ipv6, from.ipv6_length, network);
    interface.vrf = from.vrf;
    interface.security_level = from.security_level;
    if (network.dhcp && network.dhcp->relay.valid()) interface.dhcp_relay = relays(network);
    if (from.redundancy) {
      interface.redundancy = {.vrrp = from.redundancy->protocol == ir::Redundancy::Protocol::vrrp,
                              .group = from.redundancy->group,
                              .ipv4 = from.redundancy->ipv4,
                              .ipv6 = from.redundancy->ipv6,
                              .priority = from.redundancy->priority};
    }
    interface.ospf = from.ospf;
    interface.leaf = !shared_.topology.is_transit(from.network);
    interface.range = from.range;
    return interface;
  }

  [[nodiscard]] std::vector<packet::Address> relays(const ir::Network& network) const {
    std::vector<packet::Address> servers;
    for (const ir::Piece& piece : shared_.policy.endpoints[network.dhcp->relay].pieces) {
      for (const packet::AddressRange& range : piece.addresses.v4.ranges()) {
        for (packet::Bits bits = range.first; bits <= range.last; ++bits) {
          servers.push_back({.family = Family::ipv4, .bits = bits});
        }
      }
    }
    std::ranges::sort(servers);
    return servers;
  }

  [[nodiscard]] bool stateful() const { return capabilities_.state == config::StateTracking::full; }

  // Where interface filters do not see packets to the device itself, the guard alone can tell which
  // sources belong behind which interface.
  [[nodiscard]] bool guards_by_interface() const {
    return capabilities_.own_filter == config::Support::yes &&
           capabilities_.filter_sees_own == config::Support::no;
  }

  void place_filters() {
    for (std::uint32_t i = 0; i < source_.interfaces.size(); ++i) {
      const ir::FilterMode mode = source_.interfaces[i].filter;
      if (mode == ir::FilterMode::in || mode == ir::FilterMode::both) place({Stage::interface_in, i}, "-in");
      if (mode == ir::FilterMode::out || mode == ir::FilterMode::both)
        place({Stage::interface_out, i}, "-out");
    }
    if (capabilities_.own_filter == config::Support::no) return;
    if (guards_by_interface()) {
      for (std::uint32_t i = 0; i < source_.interfaces.size(); ++i) place({Stage::own, i}, "-own");
      return;
    }
    FilterBuilder builder(shared_.addresses, sets_, {.name = "own", .stateful = stateful()});
    for (std::uint32_t i = 0; i < source_.interfaces.size(); ++i) {
      add_infrastructure(shared_.policy, shared_.topology, attachment(i), sets_, builder);
    }
    drafts_.emplace(Spot{Stage::own, 0}, Draft{.builder = std::move(builder), .demand = {}, .products = {}});
  }

  void place(Spot spot, std::string_view suffix) {
    const ir::Network& network = network_at(spot.interface);
    FilterBuilder::Options options{.name = source_.interfaces[spot.interface].name + std::string(suffix),
                                   .stateful = stateful()};
    const bool leaf = !shared_.topology.is_transit(source_.interfaces[spot.interface].network);
    if (spot.stage != Stage::interface_out) {
      for (const Family family : packet::families) {
        const auto index = static_cast<std::size_t>(family);
        options.from_outside[index] = network.any(family);
        if (leaf && !network.any(family)) options.sources[index] = &network.addresses.of(family);
      }
    }
    FilterBuilder builder(shared_.addresses, sets_, std::move(options));
    const bool sees_own = spot.stage == Stage::own || (spot.stage == Stage::interface_in &&
                                                       capabilities_.filter_sees_own == config::Support::yes);
    if (sees_own) {
      add_infrastructure(shared_.policy, shared_.topology, attachment(spot.interface), sets_, builder);
    }
    drafts_.emplace(spot, Draft{.builder = std::move(builder), .demand = {}, .products = {}});
  }

  void take(const Use& use) {
    const std::uint32_t interface = shared_.topology.attachments()[use.at].interface;
    if (!use.self) {
      add(Spot{use.leaving ? Stage::interface_out : Stage::interface_in, interface}, use);
      return;
    }
    if (capabilities_.filter_sees_own == config::Support::yes) add(Spot{Stage::interface_in, interface}, use);
    add(Spot{Stage::own, guards_by_interface() ? interface : 0}, use);
    if (!use.reply) remember_management(use, interface);
  }

  void add(Spot spot, const Use& use) {
    const auto found = drafts_.find(spot);
    if (found == drafts_.end()) return;
    Draft& draft = found->second;
    if (draft.demand != use.demand || draft.reply != use.reply) {
      flush(draft);
      draft.demand = use.demand;
      draft.reply = use.reply;
    }
    for_products(use, [&](Family family, Kind from, Kind to, Pair pair) {
      draft.products[{family, from, to}].push_back(pair);
    });
  }

  template <class Visit>
  void for_products(const Use& use, Visit visit) {
    const Demand& demand = shared_.demands.all()[use.demand];
    const graph::VertexId vertex = shared_.topology.attachments()[use.at].vertex;
    for (const Family family : packet::families) {
      if ((use.families >> static_cast<unsigned>(family) & 1U) == 0 ||
          demand.of(family, use.reply) == nullptr)
        continue;
      const Resolver::ByKind from = resolver_.resolve(use.from, family, vertex, use.self);
      const Resolver::ByKind to = resolver_.resolve(use.to, family, vertex, use.self);
      for (const Kind source : kinds) {
        for (const Kind target : kinds) {
          const Pair pair{from[static_cast<std::size_t>(source)], to[static_cast<std::size_t>(target)]};
          const bool outside = source == Kind::any && target == Kind::any && demand.outside_stays_outside;
          if (pair.first.valid() && pair.second.valid() && !outside) visit(family, source, target, pair);
        }
      }
    }
  }

  // Products of one demand that share an end become one: sources that go to the same destinations, then
  // destinations of the same sources.
  void flush(Draft& draft) {
    if (draft.products.empty()) return;
    const Demand& demand = shared_.demands.all()[draft.demand];
    const config::Role role =
        draft.reply && demand.role == config::Role::flow ? config::Role::reply : demand.role;
    for (auto& [ends, pairs] : draft.products) {
      const auto& [family, from, to] = ends;
      merge(pairs, draft.reply ? demand.to : demand.from, draft.reply ? demand.from : demand.to);
      const packet::ServiceSet& services = *demand.of(family, draft.reply);
      for (const Pair& pair : pairs) {
        draft.builder.permit(
            {.role = role,
             .family = family,
             .source = pair.first,
             .destination = pair.second,
             .source_kind = from,
             .destination_kind = to,
             .services = sets_.services(services,
                                        draft.reply ? demand.service_label + "-reply" : demand.service_label),
             .log = demand.log && !draft.reply,
             .origin = sets_.origin(demand.origin)});
      }
    }
    draft.products.clear();
  }

  void merge(std::vector<Pair>& pairs, SideId from, SideId to) {
    if (pairs.size() == 1) return;
    std::map<config::AddressSetId, std::vector<config::AddressSetId>> by_target;
    for (const Pair& pair : pairs) by_target[pair.second].push_back(pair.first);
    std::map<config::AddressSetId, std::vector<config::AddressSetId>> by_source;
    for (auto& [target, sources] : by_target) by_source[join(sources, from)].push_back(target);
    pairs.clear();
    for (auto& [source, targets] : by_source) pairs.emplace_back(source, join(targets, to));
    std::ranges::sort(pairs, [&](const Pair& a, const Pair& b) {
      return std::tie(sets_[a.first], sets_[a.second]) < std::tie(sets_[b.first], sets_[b.second]);
    });
  }

  config::AddressSetId join(std::vector<config::AddressSetId>& ids, SideId side) {
    std::ranges::sort(ids);
    ids.erase(std::ranges::unique(ids).begin(), ids.end());
    if (ids.size() == 1) return ids.front();
    std::vector<packet::AddressRange> ranges;
    for (const config::AddressSetId id : ids) {
      ranges.insert(ranges.end(), sets_[id].ranges().begin(), sets_[id].ranges().end());
    }
    return sets_.addresses(AddressSet(sets_[ids.front()].family(), std::move(ranges)),
                           shared_.demands.side(side).label);
  }

  // Who may reach which service of the device through which interface, once per interface.
  void remember_management(const Use& use, std::uint32_t interface) {
    for_products(use, [&](Family family, Kind, Kind, Pair pair) {
      management_[{use.demand, interface, family, pair.second}].push_back(pair.first);
    });
  }

  void manage() {
    for (auto& [key, sources] : management_) {
      const auto& [id, interface, family, destination] = key;
      const Demand& demand = shared_.demands.all()[id];
      if (demand.role != config::Role::flow) continue;
      for (const packet::ServiceTerm& term : *demand.of(family, false)) {
        device_.management.push_back({.family = family,
                                      .source = join(sources, demand.from),
                                      .destination = destination,
                                      .interface = config::InterfaceId{interface},
                                      .service = term,
                                      .origin = sets_.origin(demand.origin)});
      }
    }
  }

  // Interfaces on parallel paths tend to get the same rules: they share one filter. A name of a filter has
  // `_` only here, so it stays unique.
  config::FilterId shared_filter(const Spot& spot, config::Filter filter) {
    if (has_interface(spot)) {
      const auto [first, last] = filters_.equal_range({spot.stage, filter.rules.size()});
      for (auto known = first; known != last; ++known) {
        config::Filter& other = device_.filters[known->second];
        if (other.rules != filter.rules) continue;
        const std::string& name = source_.interfaces[spot.interface].name;
        if (other.name.size() + name.size() < longest_shared_name)
          other.name.insert(other.name.rfind('-'), "." + name);
        return known->second;
      }
    }
    const std::size_t size = filter.rules.size();
    return filters_.emplace(std::pair(spot.stage, size), device_.filters.push_back(std::move(filter)))
        ->second;
  }

  [[nodiscard]] bool has_interface(const Spot& spot) const {
    return spot.stage != Stage::own || guards_by_interface();
  }

  void bind(const Spot& spot, Draft& draft) {
    const config::FilterId filter = shared_filter(spot, draft.builder.build());
    device_.bindings.push_back(
        {.stage = spot.stage,
         .interface = has_interface(spot) ? config::InterfaceId{spot.interface} : config::InterfaceId{},
         .filter = filter});
  }

  const Shared& shared_;
  ir::DeviceId id_;
  const ir::Device& source_;
  const config::Capabilities& capabilities_;
  config::Device device_;
  SetTable sets_;
  Resolver resolver_;
  std::map<Spot, Draft> drafts_;
  std::multimap<std::pair<Stage, std::size_t>, config::FilterId> filters_;  // by number of rules
  using ManagementKey = std::tuple<DemandId, std::uint32_t, Family, config::AddressSetId>;
  std::map<ManagementKey, std::vector<config::AddressSetId>> management_;
};

}  // namespace

config::Device plan_device(const Shared& shared, ir::DeviceId device,
                           const config::Capabilities& capabilities, const std::vector<Use>& uses) {
  return DevicePlan(shared, device, capabilities).run(uses);
}

}  // namespace cordon::plan
