// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Every name once: declared before anything is looked up, so that order never matters.
#include <algorithm>
#include <tuple>

#include "compiler/base/spelling.h"
#include "compiler/resolve/resolver.h"

namespace cordon::resolve {

namespace {

// By name, so that neither the order of files nor that of items shows in any later stage.
template <class T>
void sort_by_name(std::vector<Declared<T>>& items, const IdVector<ScopeId, Scope>& scopes) {
  std::ranges::sort(items, [&](const Declared<T>& a, const Declared<T>& b) {
    if (a.scope == b.scope) {
      return std::tie(a.item->name.value, a.item->name.range) <
             std::tie(b.item->name.value, b.item->name.range);
    }
    return scopes[a.scope].prefix < scopes[b.scope].prefix;
  });
}

}  // namespace

void Resolver::declare_names() {
  for (const ScopeId scope : scopes_.ids()) {
    for (const syntax::File* file : scopes_[scope].files) gather(scope, *file);
  }
  sort_by_name(networks_, scopes_);
  sort_by_name(zones_, scopes_);
  sort_by_name(hosts_, scopes_);
  sort_by_name(groups_, scopes_);
  sort_by_name(services_, scopes_);
  sort_by_name(conduits_, scopes_);
  sort_by_name(devices_, scopes_);
  declare_places();
  declare_others();
}

void Resolver::gather(ScopeId scope, const syntax::File& file) {
  const auto take = [scope](auto& out, const auto& items) {
    for (const auto& item : items) out.push_back({&item, scope});
  };
  if (file.site && scope == project_scope) {
    policy_.site = {std::string(file.site->name.value), std::string(file.site->description.value)};
  }
  take(networks_, file.networks);
  take(zones_, file.zones);
  take(hosts_, file.hosts);
  for (const syntax::CsvHosts& csv : file.csv_hosts) read_inventory(scope, csv, file);
  take(groups_, file.groups);
  take(services_, file.services);
  take(conduits_, file.conduits);
  take(devices_, file.devices);
  take(assertions_, file.assertions);
  take(tests_, file.tests);
}

PlaceName& Resolver::declare_place(ScopeId scope, const syntax::Text& name, bool is_zone) {
  PlaceName& place = places_.declare(scopes_[scope], name.value);
  const bool pair = is_zone ? place.network.valid() && !place.zone.valid() : false;
  const bool after_zone =
      !is_zone && place.zone.valid() && !place.host.valid() && !place.group.valid() && !place.network.valid();
  if (place.range.valid() && !pair && !after_zone) {
    diagnostics_.build(kind::duplicate_name, name.range, name.value)
        .label(place.range, "first declared here")
        .help("zones, networks, hosts and groups share one name space; rename one of them")
        .emit();
  }
  if (!place.range.valid()) place.range = name.range;
  if (is_zone) place.zone_range = name.range;
  return place;
}

namespace {

template <class IrItem, class IdType>
IdType add_named(IdVector<IdType, IrItem>& items, const Scope& scope, const syntax::Text& name, Range range) {
  IrItem item;
  item.name = scope.prefix + std::string(name.value);
  item.name_range = name.range;
  item.range = range;
  return items.push_back(std::move(item));
}

}  // namespace

void Resolver::declare_places() {
  places_.reserve(networks_.size() + zones_.size() + hosts_.size() + groups_.size());
  for (const auto& [item, scope] : networks_) {
    declare_place(scope, item->name, false).network =
        add_named(policy_.networks, scopes_[scope], item->name, item->range);
  }
  for (const auto& [item, scope] : zones_) {
    declare_place(scope, item->name, true).zone =
        add_named(policy_.zones, scopes_[scope], item->name, item->range);
  }
  policy_.hosts.reserve(hosts_.size());
  for (const auto& [item, scope] : hosts_) {
    declare_place(scope, item->name, false).host =
        add_named(policy_.hosts, scopes_[scope], item->name, item->range);
  }
  for (const auto& [item, scope] : groups_) {
    declare_place(scope, item->name, false).group =
        add_named(policy_.groups, scopes_[scope], item->name, item->range);
  }
}

void Resolver::declare_others() {
  const auto declare = [&](auto& table, auto& items, const auto& list, std::string_view what) {
    for (const auto& [item, scope] : list) {
      auto& entry = table.declare(scopes_[scope], item->name.value);
      if (entry.valid()) {
        diagnostics_.build(kind::duplicate_name, item->name.range, item->name.value)
            .label(items[entry].name_range, "first declared here")
            .help("rename one of the two {}", what)
            .emit();
      }
      entry = add_named(items, scopes_[scope], item->name, item->range);
    }
  };
  declare(service_names_, policy_.services, services_, "services");
  declare(device_names_, policy_.devices, devices_, "devices");
  declare(conduit_names_, policy_.conduits, conduits_, "conduits, or join their flows");
}

const PlaceName* Resolver::find_place(const Reference& reference, std::string_view name) const {
  return places_.find(scopes_, reference.scope, name);
}

void Resolver::unknown_place(const Reference& reference, std::string_view name) {
  if (inventory_broken_) return;  // it may be in a row that could not be read
  std::vector<std::string> candidates;
  places_.find(scopes_, reference.scope, name, &candidates);
  if (!candidates.empty()) {
    diagnostics_.build(kind::ambiguous_name, reference.text.range, name)
        .help("say which: {}", fmt::join(candidates, ", "))
        .emit();
    return;
  }
  NearestName nearest(name);
  for (const auto& [full, place] : places_.entries()) nearest.consider(full);
  auto builder = diagnostics_.build(kind::unknown_name, reference.text.range, name);
  if (!nearest.result().empty()) {
    builder.label(places_.entries().find(nearest.result())->second.range, "did you mean `{}`?",
                  nearest.result());
  } else {
    builder.help("declare it under `networks:`, `zones:`, `hosts:` or `groups:`, or write a prefix");
  }
  builder.emit();
}

std::string_view Resolver::describe(const PlaceName& place) {
  if (place.zone.valid()) return "a zone";
  if (place.network.valid()) return "a network";
  return place.host.valid() ? "a host" : "a group";
}

ir::NetworkId Resolver::network_reference(const syntax::Text& text, ScopeId scope) {
  for (const Reference& reference : bound(text, scope)) {
    std::string_view name = reference.text.value;
    if (name.starts_with("network:")) name.remove_prefix(8);
    const PlaceName* place = find_place(reference, name);
    if (place == nullptr) {
      unknown_place(reference, name);
    } else if (!place->network.valid()) {
      diagnostics_.build(kind::wrong_kind, reference.text.range, name, describe(*place), "a network")
          .label(place->range, "declared here")
          .emit();
    } else {
      return place->network;
    }
  }
  return {};
}

ir::ZoneId Resolver::zone_reference(const syntax::Text& text, ScopeId scope) {
  for (const Reference& reference : bound(text, scope)) {
    std::string_view name = reference.text.value;
    if (name.starts_with("zone:")) name.remove_prefix(5);
    const PlaceName* place = find_place(reference, name);
    if (place == nullptr) {
      unknown_place(reference, name);
    } else if (!place->zone.valid()) {
      diagnostics_.build(kind::wrong_kind, reference.text.range, name, describe(*place), "a zone")
          .label(place->range, "declared here")
          .emit();
    } else {
      return place->zone;
    }
  }
  return {};
}

ir::DeviceId Resolver::device_reference(const syntax::Text& text, std::string_view name, ScopeId scope) {
  if (const ir::DeviceId* device = device_names_.find(scopes_, scope, name)) return *device;
  NearestName nearest(name);
  for (const auto& [full, device] : device_names_.entries()) nearest.consider(full);
  auto builder = diagnostics_.build(kind::unknown_name, text.range, name);
  if (!nearest.result().empty()) {
    const ir::DeviceId device = device_names_.entries().find(nearest.result())->second;
    builder.label(policy_.devices[device].name_range, "did you mean `{}`?", nearest.result());
  } else {
    builder.help("declare it under `devices:`");
  }
  builder.emit();
  return {};
}

}  // namespace cordon::resolve
