// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Conduits and flows: each flow between the two zones it belongs to, in a family both ends have.
#include <algorithm>
#include <utility>

#include "compiler/resolve/resolver.h"

namespace cordon::resolve {

struct Resolver::End {
  Members members;
  std::string label;
  Range range;
};

namespace {

Range cover(const syntax::Texts& texts) {
  if (texts.empty()) return {};
  return {texts.front().range.file, texts.front().range.begin, texts.back().range.end};
}

std::string join_labels(const syntax::Texts& texts) {
  std::string label;
  for (const syntax::Text& text : texts) label += (label.empty() ? "" : ",") + std::string(text.value);
  return label;
}

// Takes from the pieces what the others hold. True when something was taken. A network that is no longer
// whole has to leave out the devices' own addresses itself.
bool subtract_pieces(std::vector<ir::Piece>& pieces, const std::vector<ir::Piece>& others,
                     const ir::Addresses& own) {
  bool met = false;
  for (const ir::Piece& other : others) {
    const auto piece = std::ranges::find(pieces, other.network, &ir::Piece::network);
    if (piece == pieces.end()) continue;
    for (const Family family : packet::families) {
      if (!intersects(piece->addresses.of(family), other.addresses.of(family))) continue;
      met = true;
      if (std::exchange(piece->whole, false)) {
        for (const Family each : packet::families)
          piece->addresses.of(each) = subtract(piece->addresses.of(each), own.of(each));
      }
      piece->addresses.of(family) = subtract(piece->addresses.of(family), other.addresses.of(family));
    }
  }
  std::erase_if(pieces, [](const ir::Piece& piece) { return piece.addresses.empty(); });
  return met;
}

// What of an end falls under an exception, before anything is taken from it.
ir::Addresses common(const std::vector<ir::Piece>& pieces, const std::vector<ir::Piece>& excepted,
                     const ir::Addresses& own) {
  ir::Addresses found;
  for (const ir::Piece& other : excepted) {
    const auto piece = std::ranges::find(pieces, other.network, &ir::Piece::network);
    if (piece == pieces.end()) continue;
    for (const Family family : packet::families) {
      AddressSet both = intersect(piece->addresses.of(family), other.addresses.of(family));
      if (piece->whole) both = subtract(both, own.of(family));
      found.of(family) = unite(found.of(family), both);
    }
  }
  return found;
}

}  // namespace

void Resolver::build_conduits() {
  for (std::uint32_t index = 0; index < conduits_.size(); ++index) {
    build_conduit(ir::ConduitId{index}, *conduits_[index].item, conduits_[index].scope);
  }
}

// In a module the other side is often given as a server; it stands for the zone it is in.
ir::ZoneId Resolver::conduit_zone(const syntax::Text& text, ScopeId scope) {
  std::vector<Reference> references = bound(text, scope);
  if (references.empty()) return {};
  Reference reference = references.front();
  if (reference.text.value.starts_with("zone:")) reference.text.value.remove_prefix(5);
  const PlaceName* place = find_place(reference, reference.text.value);
  if (place == nullptr) {
    unknown_place(reference, reference.text.value);
    return {};
  }
  if (place->zone.valid()) return place->zone;
  const Members members = members_of({&reference, 1});
  if (members.broken) return {};
  ir::ZoneId zone;
  for (const ir::Piece& piece : members.pieces) {
    const ir::ZoneId other = policy_.networks[piece.network].zone;
    if (other.valid() && (!zone.valid() || zone == other)) {
      zone = other;
      continue;
    }
    diagnostics_
        .build(kind::wrong_kind, reference.text.range, reference.text.value,
               fmt::format("{} that is not within one zone", describe(*place)), "a zone")
        .label(place->range, "declared here")
        .help("a conduit joins two zones; name the zones under `between:`")
        .emit();
    return {};
  }
  return zone;
}

// A parameter that was not given a flag is said where it was given; a name that is none, here.
bool Resolver::flag_value(const syntax::Flag& flag, ScopeId scope) {
  if (flag.parameter.empty()) return flag.value;
  bool value = false;
  for (const Reference& reference : bound({flag.parameter, flag.range}, scope)) {
    value = value || reference.text.value == "true";
    if (reference.text.range != flag.range) continue;
    diagnostics_
        .build(kind::wrong_kind, flag.range, flag.parameter, "no parameter of this module",
               "`true` or `false`")
        .help("write `true` or `false`, or the name of a parameter of type `flag`")
        .emit();
  }
  return value;
}

void Resolver::build_conduit(ir::ConduitId id, const syntax::Conduit& conduit, ScopeId scope) {
  ir::Conduit& out = policy_.conduits[id];
  out.purpose = conduit.purpose.value;
  out.owner = conduit.owner.value;
  out.ticket = conduit.ticket.value;
  out.expires = conduit.expires.value;
  out.reviewed = conduit.reviewed.value;
  out.expires_range = conduit.expires.range;
  out.reviewed_range = conduit.reviewed.range;
  out.redundant = flag_value(conduit.redundant, scope);
  out.between_range = cover(conduit.between);
  if (conduit.between.size() != 2) return;  // the language asks for two
  out.first = conduit_zone(conduit.between[0], scope);
  out.second = conduit_zone(conduit.between[1], scope);
  std::uint32_t number = 0;
  for (const syntax::Flow& flow : conduit.flows) build_flow(out, id, flow, scope, ++number);
  const std::string_view evidence =
      conduit.evidence.present() ? conduit.evidence.value : module_source(scope);
  for (ir::Flow& flow : out.flows) {
    if (flow.evidence.empty()) flow.evidence = evidence;
  }
  const bool devices_only =
      !conduit.flows.empty() && std::ranges::all_of(out.flows, [&](const ir::Flow& flow) {
        return policy_.endpoints[flow.from].device.valid() || policy_.endpoints[flow.to].device.valid();
      });
  if (out.first.valid() && out.first == out.second && !devices_only) {
    diagnostics_.build(kind::conduit_to_itself, out.between_range, policy_.zones[out.first].name)
        .help("hosts of one zone talk freely unless it isolates; make two zones of what has to be kept apart")
        .note("only a conduit whose flows all start or end at a `device:` may name one zone twice")
        .emit();
  }
}

// Where a module says that its ports are documented; empty for the project.
std::string_view Resolver::module_source(ScopeId scope) const {
  for (const syntax::File* file : scopes_[scope].files) {
    if (file->module && !file->module->sources.empty()) return file->module->sources.front().value;
  }
  return {};
}

Resolver::End Resolver::end_of(const syntax::Texts& texts, ScopeId scope) {
  std::vector<Reference> references;
  for (const syntax::Text& text : texts) references.push_back({text, scope});
  End end{members_of(references), {}, cover(texts)};
  // A parameter is shown by what it stands for.
  for (const Reference& each : references) {
    for (const Reference& reference : bound(each.text, each.scope)) {
      end.label += (end.label.empty() ? "" : ",") + std::string(reference.text.value);
    }
  }
  return end;
}

void Resolver::build_flow(ir::Conduit& conduit, ir::ConduitId id, const syntax::Flow& flow, ScopeId scope,
                          std::uint32_t number) {
  End from = end_of(flow.from, scope);
  End to = end_of(flow.to, scope);
  const ir::ServiceListId services = service_list(flow.services, scope);
  std::vector<ir::Excepted> excepted;
  if (!apply_except(from, to, flow.except, scope, flow, excepted)) return;
  if (from.members.broken || to.members.broken || !services.valid()) return;
  if (!conduit.first.valid() || !conduit.second.valid()) return;
  if (!crosses(conduit, from, to, flow) || !shares_family(from.members, to.members, services, flow)) return;

  ir::Flow out;
  out.conduit = id;
  out.number = number;
  out.services = services;
  out.log = flow.log.value;
  for (const syntax::Text& text : flow.data) out.data.emplace_back(text.value);
  out.encryption = flow.encryption.value;
  out.purpose = flow.purpose.present() ? flow.purpose.value : flow.description.value;
  out.evidence = flow.evidence.value;
  out.excepted = std::move(excepted);
  out.range = flow.range;
  out.from_range = from.range;
  out.to_range = to.range;
  out.services_range = cover(flow.services);

  // One flow for the addresses and one for each device, on either side.
  const auto ends = [&](End& end) {
    std::vector<ir::EndpointId> ids;
    for (const ir::DeviceId device : end.members.devices) ids.push_back(device_endpoint(device));
    if (!end.members.pieces.empty())
      ids.push_back(intern_endpoint(std::move(end.label), std::move(end.members)));
    return ids;
  };
  const std::vector<ir::EndpointId> sources = ends(from);
  const std::vector<ir::EndpointId> destinations = ends(to);
  for (const ir::EndpointId source : sources) {
    for (const ir::EndpointId destination : destinations) {
      out.from = source;
      out.to = destination;
      conduit.flows.push_back(out);
    }
  }
}

// Removes the packets whose source or destination is excepted. False when the flow is faulty by it.
bool Resolver::apply_except(End& from, End& to, const syntax::Texts& except, ScopeId scope,
                            const syntax::Flow& flow, std::vector<ir::Excepted>& excepted) {
  if (except.empty()) return true;
  const std::vector<ir::Piece> all_from = from.members.pieces, all_to = to.members.pieces;
  for (const syntax::Text& text : except) {
    const Reference reference{text, scope};
    const Members members = members_of({&reference, 1});
    if (members.broken) return false;
    if (from.members.broken || to.members.broken) continue;
    excepted.push_back({.name = std::string(text.value),
                        .from = common(all_from, members.pieces, policy_.device_addresses),
                        .to = common(all_to, members.pieces, policy_.device_addresses),
                        .range = text.range});
    const bool met_from = subtract_pieces(from.members.pieces, members.pieces, policy_.device_addresses);
    const bool met_to = subtract_pieces(to.members.pieces, members.pieces, policy_.device_addresses);
    if (!met_from && !met_to) {
      diagnostics_.build(kind::except_meets_nothing, text.range, text.value)
          .label(from.range, "no address of it is here")
          .label(to.range, "and none is here")
          .help("take it out; an exception that excepts nothing hides a mistake")
          .emit();
      return false;
    }
    const auto empty = [](const End& end) {
      return end.members.pieces.empty() && end.members.devices.empty();
    };
    if (empty(from) || empty(to)) {
      diagnostics_.build(kind::except_empties, text.range, text.value)
          .label(empty(from) ? from.range : to.range, "nothing of this is left")
          .help("take the flow out, or except less")
          .emit();
      return false;
    }
  }
  from.label += "-except-" + join_labels(flow.except);
  to.label += "-except-" + join_labels(flow.except);
  return true;
}

bool Resolver::crosses(const ir::Conduit& conduit, const End& from, const End& to, const syntax::Flow& flow) {
  const auto within = [&](const End& end, ir::ZoneId zone) {
    return std::ranges::all_of(end.members.pieces, [&](const ir::Piece& piece) {
      return policy_.networks[piece.network].zone == zone;
    });
  };
  if (within(from, conduit.first) && within(to, conduit.second)) return true;
  if (within(from, conduit.second) && within(to, conduit.first)) return true;

  auto builder = diagnostics_.build(kind::flow_outside_conduit, flow.range, policy_.zones[conduit.first].name,
                                    policy_.zones[conduit.second].name);
  builder.label(conduit.between_range, "the conduit joins these");
  for (const End* end : {&from, &to}) {
    std::string zones;
    for (const ir::Piece& piece : end->members.pieces) {
      const ir::Network& network = policy_.networks[piece.network];
      const std::string text = network.zone.valid()
                                   ? fmt::format("zone `{}`", policy_.zones[network.zone].name)
                                   : fmt::format("network `{}`, which is in no zone", network.name);
      if (zones.find(text) == std::string::npos) zones += (zones.empty() ? "" : ", ") + text;
    }
    if (!zones.empty()) builder.label(end->range, "in {}", zones);
  }
  builder.help("put the flow into a conduit between the zones that it crosses");
  builder.emit();
  return false;
}

bool Resolver::shares_family(const Members& from, const Members& to, ir::ServiceListId services,
                             const syntax::Flow& flow) {
  const auto has = [&](const Members& members, Family family) {
    const bool network = std::ranges::any_of(
        members.pieces, [&](const ir::Piece& piece) { return !piece.addresses.of(family).empty(); });
    return network || std::ranges::any_of(members.devices, [&](ir::DeviceId device) {
             return std::ranges::any_of(
                 policy_.devices[device].interfaces, [&](const ir::Interface& interface) {
                   return family == Family::ipv4 ? interface.ipv4.has_value() : interface.ipv6.has_value();
                 });
           });
  };
  bool common = false;
  for (const Family family : packet::families) {
    if (!has(from, family) || !has(to, family)) continue;
    common = true;
    if (!in_family(policy_.service_lists[services].terms, family).empty()) return true;
  }
  const Range services_range = cover(flow.services);
  const auto word = [&](const Members& members) {
    return has(members, Family::ipv4) ? (has(members, Family::ipv6) ? "IPv4 and IPv6" : "IPv4") : "IPv6";
  };
  if (common) {
    diagnostics_.build(kind::service_not_in_family, services_range, policy_.service_lists[services].label)
        .label(cover(flow.from), "has {}", word(from))
        .label(cover(flow.to), "has {}", word(to))
        .help("`icmp` is IPv4 only and `icmpv6` is IPv6 only")
        .emit();
  } else {
    diagnostics_.build(kind::no_common_family, flow.range)
        .label(cover(flow.from), "has {} only", word(from))
        .label(cover(flow.to), "has {} only", word(to))
        .help("give both ends an address of one family")
        .emit();
  }
  return false;
}

// A faulty flow may have named what now seems unused, so this waits until all is right.
void Resolver::report_unused() {
  if (diagnostics_.has_errors()) return;
  group_used_.resize(policy_.groups.size());
  service_used_.resize(policy_.services.size());
  for (const ir::GroupId id : policy_.groups.ids()) {
    if (group_used_[id.value] || groups_[id.value].scope != project_scope) continue;
    diagnostics_.build(kind::unused_group, policy_.groups[id].name_range, policy_.groups[id].name)
        .help("take it out, or name it in a flow")
        .emit();
  }
  // What a module offers need not all be used.
  for (const ir::ServiceId id : policy_.services.ids()) {
    if (service_used_[id.value] || services_[id.value].scope != project_scope) continue;
    diagnostics_.build(kind::unused_service, policy_.services[id].name_range, policy_.services[id].name)
        .help("take it out, or name it in a flow")
        .emit();
  }
}

}  // namespace cordon::resolve
