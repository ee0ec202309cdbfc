// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What the live tests build their network from: the policy with its names resolved, as JSON.
//
//   live_dump PROJECT [PLATFORM]              the policy; with PLATFORM, ports as after `--retarget
//   all=PLATFORM` live_dump PROJECT --written-by PLATFORM DIR   besides, plans every device as what it is and
//   writes its rules
//                                                 in the words of PLATFORM, so that a kernel can stand in for
//                                                 a switch

#include <filesystem>
#include <fstream>
#include <iostream>
#include <span>
#include <string>

#include <nlohmann/json.hpp>

#include "compiler/backend/backend.h"
#include "compiler/cli/pipeline.h"

namespace {

using namespace cordon;
using nlohmann::json;

std::string text_of(const std::optional<packet::Address>& address) {
  return address ? packet::to_string(*address) : std::string();
}

json ranges_of(const packet::AddressSet& set) {
  json list = json::array();
  for (const packet::AddressRange& range : set.ranges()) {
    const packet::Address first{set.family(), range.first}, last{set.family(), range.last};
    list.push_back(json::array({packet::to_string(first), packet::to_string(last)}));
  }
  return list;
}

json network_of(const ir::Policy& policy, const ir::Network& network) {
  json prefixes = json::array();
  for (const packet::Prefix& prefix : network.prefixes) prefixes.push_back(packet::to_string(prefix));
  return {{"name", network.name},     {"zone", network.zone.valid() ? policy.zones[network.zone].name : ""},
          {"prefixes", prefixes},     {"any4", network.any_ipv4},
          {"any6", network.any_ipv6}, {"transit", network.transit || !network.zone.valid()}};
}

json interface_of(const ir::Policy& policy, const ir::Interface& interface) {
  json made{{"port", interface.port},
            {"network", policy.networks[interface.network].name},
            {"addresses", json::array({text_of(interface.ipv4), text_of(interface.ipv6)})},
            {"virtual", json::array({"", ""})},
            {"priority", 100}};
  if (const auto& redundancy = interface.redundancy) {
    made["virtual"] = json::array({text_of(redundancy->ipv4), text_of(redundancy->ipv6)});
    made["priority"] = redundancy->priority.value_or(100);
  }
  return made;
}

json device_of(const ir::Policy& policy, const ir::Device& device) {
  json interfaces = json::array();
  for (const ir::Interface& interface : device.interfaces)
    interfaces.push_back(interface_of(policy, interface));
  json routes = json::array();
  for (const ir::StaticRoute& route : device.routes) {
    routes.push_back({{"to", packet::to_string(route.to)}, {"via", packet::to_string(route.via)}});
  }
  return {{"name", device.name},
          {"configured", device.configured()},
          {"interfaces", interfaces},
          {"routes", routes}};
}

json endpoint_of(const ir::Policy& policy, const ir::Endpoint& endpoint) {
  json pieces = json::array();
  for (const ir::Piece& piece : endpoint.pieces) {
    pieces.push_back(
        {{"network", policy.networks[piece.network].name},
         {"whole", piece.whole},
         {"ranges", json::array({ranges_of(piece.addresses.v4), ranges_of(piece.addresses.v6)})}});
  }
  return {{"label", endpoint.label},
          {"device", endpoint.device.valid() ? policy.devices[endpoint.device].name : ""},
          {"pieces", pieces}};
}

json term_of(const packet::ServiceTerm& term) {
  json made{{"source", {term.source.first, term.source.last}},
            {"destination", {term.destination.first, term.destination.last}}};
  made["protocol"] = term.protocol ? json(*term.protocol) : json();
  made["type"] = term.icmp_type ? json(*term.icmp_type) : json();
  return made;
}

json dump(const ir::Policy& policy) {
  json made{{"networks", json::array()}, {"zones", json::array()},     {"hosts", json::array()},
            {"devices", json::array()},  {"endpoints", json::array()}, {"flows", json::array()}};
  for (const ir::Network& network : policy.networks) made["networks"].push_back(network_of(policy, network));
  for (const ir::Zone& zone : policy.zones) {
    made["zones"].push_back({{"name", zone.name}, {"isolate", zone.isolate}});
  }
  for (const ir::Host& host : policy.hosts) {
    made["hosts"].push_back({{"name", host.name},
                             {"network", policy.networks[host.network].name},
                             {"addresses", json::array({text_of(host.ipv4), text_of(host.ipv6)})}});
  }
  for (const ir::Device& device : policy.devices) made["devices"].push_back(device_of(policy, device));
  for (const ir::Endpoint& endpoint : policy.endpoints)
    made["endpoints"].push_back(endpoint_of(policy, endpoint));
  for (const ir::Conduit& conduit : policy.conduits) {
    for (const ir::Flow& flow : conduit.flows) {
      json terms = json::array();
      for (const packet::ServiceTerm& term : policy.service_lists[flow.services].terms)
        terms.push_back(term_of(term));
      made["flows"].push_back({{"name", conduit.name + "/" + std::to_string(flow.number)},
                               {"from", flow.from.value},
                               {"to", flow.to.value},
                               {"terms", terms}});
    }
  }
  return made;
}

// The rules of each device as planned for its own platform, in the words of another.
bool write_rules(const cli::Compilation& compilation, const std::string& platform,
                 const std::filesystem::path& folder) {
  const backend::Backend* writer = backend::find_backend(platform);
  if (writer == nullptr) return false;
  for (config::Device device : compilation.plan->devices) {
    device.ports.clear();  // what is plugged together is the test's business
    device.vlans.clear();
    device.switching = false;
    diagnostics::Diagnostics refused;
    writer->check(device, refused);
    for (const diagnostics::Diagnostic& each : refused.all()) std::cerr << each.message << '\n';
    if (refused.has_errors()) return false;
    for (const backend::OutputFile& file : writer->emit(device))
      std::ofstream(folder / file.name) << file.text;
  }
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  const std::span<char*> arguments(argv, static_cast<std::size_t>(argc));
  if (argc != 2 && argc != 3 && argc != 5) return 2;
  const bool rewritten = argc == 5;
  cli::PipelineOptions options{.project = arguments[1], .retargets = {}, .passes = {}, .jobs = 0};
  if (argc == 3) options.retargets.push_back({"all", arguments[2]});
  cli::Compilation compilation;
  cli::load(compilation, options);
  cli::plan_devices(compilation, options);
  for (const diagnostics::Diagnostic& each : compilation.diagnostics.all()) std::cerr << each.message << '\n';
  if (!compilation.plan) return 1;
  if (rewritten && !write_rules(compilation, arguments[3], arguments[4])) return 1;
  std::cout << dump(*compilation.policy).dump() << '\n';
  return 0;
}
