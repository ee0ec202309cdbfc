// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/prove/traffic.h"

#include <algorithm>
#include <tuple>

namespace cordon::prove {
namespace {

constexpr std::uint16_t dhcp_server = 67, dhcp_client = 68;

packet::ServiceTerm udp(std::uint16_t from, std::uint16_t to) {
  packet::ServiceTerm term;
  term.protocol = packet::protocol::udp;
  term.source = {.first = from, .last = from};
  term.destination = {.first = to, .last = to};
  return term;
}

auto key(const Row& row) {
  return std::tuple(row.purpose, row.source, row.destination, row.services, row.elsewhere);
}

}  // namespace

Traffic::Traffic(const Forwarding& forwarding, Ways& ways, Watches watches)
    : forwarding_(&forwarding),
      sets_(forwarding.policy()),
      ends_(std::make_unique<Ends>(forwarding, ways, sets_)),
      tracer_(std::make_unique<Tracer>(forwarding, ways, sets_, *ends_)),
      watches_(std::move(watches)),
      rows_(forwarding.edges().size()) {
  add_flows();
  for (const ir::Zone& zone : forwarding.policy().zones) add_zone(zone);
  add_renewals();
  drop_copies();
  tracer_.reset();
  ends_.reset();
  sets_.close();
}

ServicesId Traffic::add_services(const packet::ServiceSet& terms) {
  Services services;
  for (const packet::Family family : packet::families)
    services[static_cast<std::size_t>(family)] = packet::in_family(terms, family);
  return services_.push_back(std::move(services));
}

void Traffic::add_flows() {
  const ir::Policy& policy = forwarding_->policy();
  std::vector<std::pair<ServicesId, ServicesId>> lists;
  for (const ir::ServiceList& list : policy.service_lists) {
    const ServicesId opens = add_services(list.terms);
    const ServicesId replies = services_.push_back({});
    for (const packet::Family family : packet::families) {
      services_[replies][static_cast<std::size_t>(family)] =
          packet::in_family(packet::reply_of(services(opens, family)), family);
    }
    lists.emplace_back(opens, replies);
  }
  for (const ir::Conduit& conduit : policy.conduits) {
    for (const ir::Flow& flow : conduit.flows) {
      const auto& [opens, replies] = lists[flow.services.value];
      add_connections(ends_->of(flow.from), ends_->of(flow.to), opens, replies, flow.range);
    }
  }
}

void Traffic::add_connections(EndId from, EndId to, ServicesId opens, ServicesId replies,
                              const source::Range& asked) {
  add_rows(from, to,
           {.source = {}, .destination = {}, .services = opens, .purpose = Purpose::opens, .asked = &asked});
  add_rows(
      to, from,
      {.source = {}, .destination = {}, .services = replies, .purpose = Purpose::reply, .asked = &asked});
}

void Traffic::add_rows(EndId from, EndId to, const Row& row) {
  for (const Track& track : tracer_->trace(from, to)) {
    const auto stage = static_cast<std::size_t>(track.stage);
    const Watch watch = watches_[track.edge.value][stage];
    if (watch == Watch::nothing || (watch == Watch::opens && row.purpose == Purpose::reply)) continue;
    Row placed = row;
    placed.source = track.source;
    placed.destination = track.destination;
    placed.elsewhere = track.elsewhere;
    rows_[track.edge.value][stage].push_back(placed);
  }
}

// Everything among the hosts of a zone that does not isolate, except within the unknown of an `any` network.
void Traffic::add_zone(const ir::Zone& zone) {
  if (zone.isolate || zone.networks.empty()) return;
  const ir::Policy& policy = forwarding_->policy();
  const ServicesId everything = add_services({packet::ServiceTerm{}});
  const Row row{.source = {}, .destination = {}, .services = everything, .asked = &zone.range};
  std::vector<Ends::Hosts> known;
  for (const ir::NetworkId id : zone.networks) {
    const ir::Network& network = policy.networks[id];
    known.push_back({.network = id, .ipv4 = !network.any_ipv4, .ipv6 = !network.any_ipv6});
  }
  const EndId hosts = ends_->of_hosts(known);
  add_rows(hosts, hosts, row);
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (known[i].ipv4 && known[i].ipv6) continue;
    const EndId outside =
        ends_->of_hosts({{.network = known[i].network, .ipv4 = !known[i].ipv4, .ipv6 = !known[i].ipv6}});
    std::vector<Ends::Hosts> others;
    for (std::size_t k = 0; k < known.size(); ++k) {
      if (k != i) others.push_back({.network = known[k].network});
    }
    const EndId rest = ends_->of_hosts(others);
    add_rows(outside, rest, row);
    add_rows(rest, outside, row);
  }
}

// A client behind a relay renews with the server itself, and the relay speaks for it before that.
void Traffic::add_renewals() {
  const ir::Policy& policy = forwarding_->policy();
  const ServicesId asks = add_services({udp(dhcp_client, dhcp_server)});
  const ServicesId answers = add_services({udp(dhcp_server, dhcp_client)});
  for (const ir::NetworkId id : policy.networks.ids()) {
    const ir::Network& network = policy.networks[id];
    if (!network.dhcp || !network.dhcp->relay.valid()) continue;
    const EndId clients = ends_->of_hosts({{.network = id, .ipv4 = true, .ipv6 = false}});
    const EndId servers = ends_->of(network.dhcp->relay);
    add_connections(clients, servers, asks, answers, network.dhcp->range);
    add_relays(network, servers);
  }
}

void Traffic::add_relays(const ir::Network& network, EndId servers) {
  const ServicesId both = add_services({udp(dhcp_server, dhcp_server)});
  const ir::NetworkId id{static_cast<std::uint32_t>(&network - &*forwarding_->policy().networks.begin())};
  for (const EdgeId edge : forwarding_->edges_at(id)) {
    const VertexId vertex = forwarding_->edges()[edge].vertex;
    const std::optional<packet::Address>& own = forwarding_->interface_of(edge).ipv4;
    if (!own) continue;
    ir::Addresses gateway;
    gateway.v4 = packet::AddressSet(*own);
    const EndId relay = ends_->of_device(vertex, gateway);
    add_connections(relay, servers, both, both, network.dhcp->range);
    // Which of its addresses a relay speaks from is its own affair.
    const EndId any_of_it = ends_->of_device(vertex, forwarding_->vertices()[vertex].answered);
    const Row excused{.source = {},
                      .destination = {},
                      .services = both,
                      .purpose = Purpose::excused,
                      .asked = &network.dhcp->range};
    add_rows(any_of_it, servers, excused);
    add_rows(servers, any_of_it, excused);
  }
}

void Traffic::drop_copies() {
  for (auto& at_edge : rows_) {
    for (std::vector<Row>& rows : at_edge) {
      std::ranges::stable_sort(rows, {}, key);
      rows.erase(std::ranges::unique(rows, {}, key).begin(), rows.end());
      rows.shrink_to_fit();
    }
  }
}

}  // namespace cordon::prove
