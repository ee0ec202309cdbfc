// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Names where a policy is all there is: on the command line, and in files beside a project.
#include <vector>

#include <fmt/format.h>

#include "compiler/base/spelling.h"
#include "compiler/diagnostics/kinds/resolve.h"
#include "compiler/ir/endpoint_addresses.h"
#include "compiler/resolve/meaning.h"

namespace cordon::resolve {
namespace {

namespace kind = diagnostics::kind;

// `zone:pumps` asks for one kind of thing, `pumps` for whatever has the name.
struct Wanted {
  std::string_view kind, name;
};
Wanted split(std::string_view word) {
  for (const std::string_view kind : {"zone", "network", "host", "group", "device"}) {
    if (word.starts_with(kind) && word.substr(kind.size()).starts_with(':'))
      return {kind, word.substr(kind.size() + 1)};
  }
  return {{}, word};
}

}  // namespace

template <class Item>
Item& PolicyNames::declare(Table<Item>& table, std::string_view name) {
  const auto [entry, fresh] = table.names.try_emplace(name);
  const std::size_t dot = name.find('.');
  // A module inside a module is no business of the project.
  if (fresh && dot != std::string_view::npos && name.find('.', dot + 1) == std::string_view::npos)
    table.in_modules.emplace(name.substr(dot + 1), name);
  return entry->second;
}

PolicyNames::PolicyNames(const ir::Policy& policy, diagnostics::Diagnostics& diagnostics)
    : policy_(policy), diagnostics_(diagnostics) {
  const auto take = [this](const auto& items, auto member) {
    for (const auto id : items.ids()) {
      Place& place = declare(places_, items[id].name);
      place.*member = id;
      place.range = items[id].name_range;
    }
  };
  take(policy.networks, &Place::network);
  take(policy.zones, &Place::zone);
  take(policy.hosts, &Place::host);
  take(policy.groups, &Place::group);
  for (const ir::ServiceId id : policy.services.ids()) declare(services_, policy.services[id].name) = id;
  for (const ir::DeviceId id : policy.devices.ids()) declare(devices_, policy.devices[id].name) = id;
}

template <class Item>
const Item* PolicyNames::find(const Table<Item>& table, const syntax::Text& word, std::string_view name,
                              bool& told) {
  const auto found = table.names.find(name);
  if (found != table.names.end()) return &found->second;
  const auto [first, last] = table.in_modules.equal_range(name);
  if (first == last) return nullptr;
  if (std::next(first) == last) return &table.names.find(first->second)->second;
  std::vector<std::string_view> candidates;
  for (auto at = first; at != last; ++at) candidates.push_back(at->second);
  diagnostics_.build(kind::ambiguous_name, word.range, name)
      .help("say which: {}", fmt::join(candidates, ", "))
      .emit();
  told = true;
  return nullptr;
}

bool PolicyNames::knows_place(std::string_view name) const {
  return places_.names.contains(name) || places_.in_modules.count(name) == 1;
}

std::optional<ir::Addresses> PolicyNames::place(const syntax::Text& word) {
  const auto [wanted, name] = split(word.value);
  if (wanted == "device") return device(word, name);
  bool told = false;
  const Place* place = find(places_, word, name, told);
  if (place == nullptr) {
    if (!told) unknown_place(word, name);
    return std::nullopt;
  }
  const bool fits = wanted.empty() || (wanted == "zone" && place->zone.valid()) ||
                    (wanted == "network" && place->network.valid()) ||
                    (wanted == "host" && place->host.valid()) || (wanted == "group" && place->group.valid());
  if (fits) return addresses(*place);
  const std::string_view is = place->zone.valid()      ? "a zone"
                              : place->network.valid() ? "a network"
                              : place->host.valid()    ? "a host"
                                                       : "a group";
  diagnostics_.build(kind::wrong_kind, word.range, name, is, fmt::format("a {}", wanted))
      .label(place->range, "declared here")
      .emit();
  return std::nullopt;
}

ir::Addresses PolicyNames::addresses(const Place& place) const {
  if (place.group.valid())
    return ir::addresses_of(policy_, policy_.endpoints[policy_.groups[place.group].endpoint]);
  if (place.host.valid()) return ir::addresses_of(policy_.hosts[place.host]);
  if (place.zone.valid()) return ir::hosts_of(policy_, policy_.zones[place.zone]);
  return ir::hosts_of(policy_, place.network);
}

std::optional<ir::Addresses> PolicyNames::device(const syntax::Text& word, std::string_view name) {
  bool told = false;
  const ir::DeviceId* device = find(devices_, word, name, told);
  if (device != nullptr) return ir::own_addresses(policy_.devices[*device]);
  if (told) return std::nullopt;
  NearestName nearest(name);
  for (const auto& [known, id] : devices_.names) nearest.consider(known);
  auto builder = diagnostics_.build(kind::unknown_name, word.range, name);
  if (!nearest.result().empty()) builder.help("did you mean `device:{}`?", nearest.result());
  builder.help("devices are declared under `devices:`").emit();
  return std::nullopt;
}

void PolicyNames::unknown_place(const syntax::Text& word, std::string_view name) {
  NearestName nearest(name);
  for (const auto& [known, place] : places_.names) nearest.consider(known);
  auto builder = diagnostics_.build(kind::unknown_name, word.range, name);
  if (!nearest.result().empty()) {
    builder.label(places_.names.find(nearest.result())->second.range, "did you mean `{}`?", nearest.result());
  } else if (devices_.names.contains(name)) {
    builder.help("for the device's own addresses write `device:{}`", name);
  } else {
    builder.help("a name of a zone, network, host or group, `device:NAME`, a prefix, `any` or `internet`");
  }
  builder.emit();
}

std::optional<packet::ServiceSet> PolicyNames::service(const syntax::Text& word) {
  bool told = false;
  if (const ir::ServiceId* id = find(services_, word, word.value, told)) return policy_.services[*id].terms;
  if (told) return std::nullopt;
  const packet::ServiceParse parsed = packet::parse_service(word.value);
  if (parsed.term) return packet::ServiceSet{*parsed.term};
  if (word.value.find('/') != std::string_view::npos) {
    diagnostics_.build(kind::bad_service, word.range, word.value, parsed.error)
        .help("for example `tcp/443`, `udp/5000-5010`, `icmp/echo-request` or `ip/50`")
        .emit();
    return std::nullopt;
  }
  NearestName nearest(word.value);
  for (const auto& [known, id] : services_.names) nearest.consider(known);
  auto builder = diagnostics_.build(kind::unknown_service, word.range, word.value);
  if (!nearest.result().empty()) {
    builder.label(policy_.services[services_.names.find(nearest.result())->second].name_range,
                  "did you mean `{}`?", nearest.result());
  } else {
    builder.help("a service of the policy, or a term such as `tcp/443`");
  }
  builder.emit();
  return std::nullopt;
}

}  // namespace cordon::resolve
