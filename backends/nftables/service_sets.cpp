// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/service_sets.h"

#include <algorithm>

#include <fmt/format.h>

#include "backends/common/names.h"
#include "backends/nftables/services.h"

namespace cordon::backends::nftables {
namespace {

constexpr std::size_t name_limit = 63;
constexpr std::size_t few = 3;  // so many elements read well within a rule

std::string element_text(const ProtocolPorts& element) {
  return fmt::format("{} . {}", protocol_text(element.protocol), port_text(element.ports));
}

// The union as one list of protocols with destination ports; empty when it is anything else.
std::vector<ProtocolPorts> listed(const packet::ServiceSet& terms) {
  std::vector<ProtocolPorts> elements = destination_ports(terms);
  const bool all =
      std::ranges::any_of(elements, [](const ProtocolPorts& element) { return element.ports.is_all(); });
  return all ? std::vector<ProtocolPorts>() : elements;
}

}  // namespace

void ServiceSets::name_all() {
  std::vector<NamedThing> things;
  for (const auto& [id, uses] : uses_) {
    const config::NamedServiceSet& set = device_.services[id];
    if (uses < 2 || listed(set.terms).size() <= few) continue;
    names_.try_emplace(id);
    things.push_back({"services-" + set.label, digest(set.terms)});
  }
  std::vector<std::string> names = object_names(things, name_limit);
  auto next = names.begin();
  for (auto& [id, name] : names_) name = std::move(*next++);
}

void ServiceSets::write(Writer& writer) const {
  for (const auto& [id, name] : names_) {
    const std::vector<ProtocolPorts> elements = listed(device_.services[id].terms);
    line(writer, 1, fmt::format("set {} {{", name));
    line(writer, 2, "type inet_proto . inet_service");
    line(writer, 2, "flags interval");
    line(writer, 2, "elements = {");
    for (const ProtocolPorts& element : elements) {
      line(writer, 3, element_text(element) + (&element == &elements.back() ? "" : ","));
    }
    line(writer, 2, "}");
    line(writer, 1, "}");
    writer.end();
  }
}

std::vector<std::string> ServiceSets::matches(config::ServiceSetId id) const {
  if (const auto found = names_.find(id); found != names_.end()) {
    return {"meta l4proto . th dport @" + found->second};
  }
  return service_matches(device_.services[id].terms);
}

}  // namespace cordon::backends::nftables
