// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "resolved.h"

#include <utility>

#include "compiler/resolve/file_system.h"
#include "compiler/resolve/resolve.h"

namespace cordon::resolve::testing {
namespace {

std::string text_of(const packet::AddressSet& set) {
  std::string text;
  for (const packet::Prefix& prefix : set.prefixes()) {
    const bool host = prefix.length == packet::width(set.family());
    text +=
        (text.empty() ? "" : ",") + (host ? packet::to_string(prefix.address) : packet::to_string(prefix));
  }
  return text.empty() ? "nothing" : text;
}

std::string text_of(const ir::Policy& policy, ir::EndpointId id) {
  const ir::Endpoint& endpoint = policy.endpoints[id];
  if (endpoint.device.valid()) return "device " + policy.devices[endpoint.device].name;
  packet::AddressSet all(packet::Family::ipv4);
  for (const ir::Piece& piece : endpoint.pieces) all = packet::unite(all, piece.addresses.v4);
  return text_of(all);
}

}  // namespace

std::string Resolved::codes() const {
  std::string text;
  for (const diagnostics::Diagnostic& each : diagnostics.all()) {
    text += (text.empty() ? "" : " ") + std::string(diagnostics::info(each.kind).code);
  }
  return text;
}

std::string Resolved::flow(const std::string& conduit, std::uint32_t number) const {
  if (!policy) return "no policy: " + codes();
  for (const ir::Conduit& each : policy->conduits) {
    for (const ir::Flow& flow : each.flows) {
      if (each.name != conduit || flow.number != number) continue;
      std::string services;
      for (const packet::ServiceTerm& term : policy->service_lists[flow.services].terms)
        services += (services.empty() ? "" : ",") + packet::to_string(term);
      return text_of(*policy, flow.from) + " -> " + text_of(*policy, flow.to) + " : " + services;
    }
  }
  return "no such flow";
}

Resolved resolved(const Files& files) {
  Resolved result;
  const MemoryFileSystem system(files);
  result.project = load_project(system, "cordon.yaml", nullptr, result.diagnostics);
  if (!result.diagnostics.has_errors()) result.policy = resolve(result.project, result.diagnostics);
  result.diagnostics.sort(result.project.sources);
  return result;
}

std::string site(const std::string& flows, const std::string& more) {
  return "cordon: 1\n"
         "networks:\n"
         "  pumps:   {vlan: 20, ipv4: 10.20.0.0/24}\n"
         "  servers: {vlan: 30, ipv4: 10.30.0.0/24}\n"
         "zones:\n"
         "  pumps:   {networks: [pumps]}\n"
         "  servers: {networks: [servers]}\n"
         "hosts:\n"
         "  gateway: {network: servers, ipv4: 10.30.0.10}\n"
         "conduits:\n"
         "  telemetry:\n"
         "    between: [pumps, servers]\n"
         "    flows:\n" +
         flows + "\n" + more;
}

}  // namespace cordon::resolve::testing
