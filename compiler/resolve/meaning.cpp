// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/resolve/meaning.h"

#include <algorithm>
#include <charconv>
#include <re2/re2.h>
#include <utility>

#include <fmt/format.h>

#include "compiler/base/spelling.h"
#include "compiler/diagnostics/kinds/resolve.h"
#include "compiler/ir/endpoint_addresses.h"

namespace cordon::resolve {
namespace {

namespace kind = diagnostics::kind;
using packet::Address;
using packet::AddressSet;
using packet::Family;
using packet::Prefix;

// More memory than any sensible pattern takes; RE2 then refuses the pattern instead of growing.
constexpr std::int64_t pattern_bytes = 1 << 20;

bool is_keyword(std::string_view word) { return word == "any" || word == "internet" || word == "unassigned"; }

ir::Addresses everything() {
  ir::Addresses all;
  for (const Family family : packet::families) all.of(family) = AddressSet::all(family);
  return all;
}

template <class Combine>
void combine(ir::Addresses& into, const ir::Addresses& other, Combine with) {
  for (const Family family : packet::families) into.of(family) = with(into.of(family), other.of(family));
}

// `10.0.0.1-10.0.0.9`; nothing where it is no such text.
std::optional<std::pair<Address, Address>> parse_range(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto first = packet::parse_address(text.substr(0, dash));
  const auto last = packet::parse_address(text.substr(dash + 1));
  if (!first || !last) return std::nullopt;
  return std::pair(*first, *last);
}

}  // namespace

bool is_plain(const Term& term) {
  if (term.pattern || term.kind == "type" || term.kind == "vlan") return false;
  return !term.kind.empty() || (!is_keyword(term.text) && !parse_range(term.text));
}

void report_fault(const syntax::Text& text, const Placed& placed, const SyntaxFault& fault, bool flow,
                  diagnostics::Diagnostics& diagnostics) {
  const auto& what = flow ? kind::bad_flow_text : kind::bad_set_text;
  diagnostics.build(what, placed.range(fault.span), text.value, fault.message)
      .help("for example {}",
            flow ? "`alaris-pumps -> biomed tcp/23`" : "`zone:alaris-pumps \\ 10.20.0.0/28, host:gateway`")
      .emit();
}

Placed::Placed(const syntax::Text& text, const source::Sources& sources) : text_(text) {
  if (!text.range.valid() || text.range.file.value >= sources.size()) return;
  const std::string_view written = sources.text(text.range);
  if (written == text.value) begin_ = text.range.begin;
  if (written.size() == text.value.size() + 2 && written.substr(1, text.value.size()) == text.value)
    begin_ = text.range.begin + 1;  // between quotes
}

source::Range Placed::range(Span span) const {
  if (!begin_) return text_.range;
  return {text_.range.file, *begin_ + static_cast<std::uint32_t>(span.begin),
          *begin_ + static_cast<std::uint32_t>(span.end)};
}

std::optional<ir::Addresses> Meaning::set(const syntax::Text& text) {
  const Placed placed(text, sources_);
  const auto syntax = parse_set(text.value);
  if (syntax) return set(*syntax, placed);
  report_fault(text, placed, syntax.error(), false, diagnostics_);
  return std::nullopt;
}

std::optional<ir::FlowSet> Meaning::flow(const syntax::Text& text) {
  const Placed placed(text, sources_);
  const auto syntax = parse_flow(text.value);
  if (!syntax) {
    report_fault(text, placed, syntax.error(), true, diagnostics_);
    return std::nullopt;
  }
  const auto from = set(syntax->from, placed), to = set(syntax->to, placed);
  packet::ServiceSet services;
  std::vector<std::string> words;
  bool right = from && to;
  for (const Term& term : syntax->services) {
    const auto terms = names_.service(placed.word(term.span));
    words.emplace_back(placed.word(term.span).value);
    right = right && terms;
    if (terms) services.insert(services.end(), terms->begin(), terms->end());
  }
  if (!right) return std::nullopt;
  if (syntax->services.empty()) services = {packet::ServiceTerm{}};
  return ir::FlowSet{*from,
                     *to,
                     normalize(std::move(services)),
                     std::string(text.value),
                     std::string(placed.word(syntax->from.span).value),
                     std::string(placed.word(syntax->to.span).value),
                     std::move(words),
                     text.range};
}

std::optional<ir::Addresses> Meaning::set(const SetSyntax& set, const Placed& placed) {
  std::optional<ir::Addresses> all = ir::Addresses();
  for (const Product& each : set.products) {
    const auto some = product(each, placed);
    if (!some) {
      all.reset();
    } else if (all) {
      combine(*all, *some, packet::unite);
    }
  }
  return all;
}

std::optional<ir::Addresses> Meaning::product(const Product& product, const Placed& placed) {
  std::optional<ir::Addresses> result;
  bool right = true;
  for (const Factor& factor : product) {
    auto next = factor.group.empty() ? term(factor.term, placed) : set(factor.group.front(), placed);
    right = right && next;
    if (!right) continue;
    if (!result) {
      result = std::move(next);
    } else {
      combine(*result, *next,
              factor.operation == Factor::Operation::intersect ? packet::intersect : packet::subtract);
    }
  }
  return right ? result : std::nullopt;
}

std::optional<ir::Addresses> Meaning::term(const Term& term, const Placed& placed) {
  if (term.pattern) return pattern(term, placed);
  if (term.kind == "type") return zone_type(term, placed);
  if (term.kind == "vlan") return vlan(term, placed);
  if (term.kind.empty()) {
    if (auto addresses = keyword(term.text)) return addresses;
    if (auto addresses = literal(term, placed)) return *addresses;
  }
  return names_.place(placed.word(term.span));
}

// A policy may call a place `internet`; then that is meant.
std::optional<ir::Addresses> Meaning::keyword(std::string_view text) const {
  if (text == "any") return everything();
  if (text == "unassigned") {
    ir::Addresses rest = everything();
    combine(rest, policy_.declared, packet::subtract);
    return rest;
  }
  if (text != "internet" || names_.knows_place(text)) return std::nullopt;
  ir::Addresses outside;
  bool found = false;
  for (const ir::NetworkId id : policy_.networks.ids()) {
    const ir::Network& network = policy_.networks[id];
    const ir::Addresses hosts = ir::hosts_of(policy_, id);
    for (const Family family : packet::families) {
      if (!network.any(family)) continue;
      outside.of(family) = unite(outside.of(family), hosts.of(family));
      found = true;
    }
  }
  return found ? std::optional(outside) : std::nullopt;
}

std::optional<std::optional<ir::Addresses>> Meaning::literal(const Term& term, const Placed& placed) {
  if (const auto range = parse_range(term.text)) {
    const auto [first, last] = *range;
    if (first.family == last.family && first.bits <= last.bits)
      return hosts_in(AddressSet(first.family, {{first.bits, last.bits}}));
    diagnostics_
        .build(kind::bad_set_text, placed.range(term.span), term.text,
               "a range goes up, within one family of addresses")
        .emit();
    return std::optional<ir::Addresses>();
  }
  if (const auto address = packet::parse_address(term.text)) return hosts_in(AddressSet(*address));
  const auto prefix = packet::parse_prefix(term.text);
  if (!prefix) return std::nullopt;
  if (!prefix->has_host_bits()) return hosts_in(AddressSet(*prefix));
  diagnostics_.build(kind::host_bits, placed.range(term.span), term.text)
      .help("the network is `{}`", to_string(Prefix{{prefix->family(), prefix->first()}, prefix->length}))
      .emit();
  return std::optional<ir::Addresses>();
}

// As in a flow: devices' own addresses only where the literal is nothing else.
ir::Addresses Meaning::hosts_in(AddressSet literal) const {
  const Family family = literal.family();
  const AddressSet own = intersect(literal, policy_.device_addresses.of(family));
  ir::Addresses addresses;
  addresses.of(family) = own == literal ? std::move(literal) : subtract(literal, own);
  return addresses;
}

std::optional<ir::Addresses> Meaning::zone_type(const Term& term, const Placed& placed) {
  ir::Addresses addresses;
  bool found = false;
  NearestName nearest(term.text);
  for (const ir::Zone& zone : policy_.zones) {
    nearest.consider(zone.type);
    if (zone.type != term.text) continue;
    ir::add(addresses, ir::hosts_of(policy_, zone));
    found = true;
  }
  if (found) return addresses;
  auto builder =
      diagnostics_.build(kind::unknown_name, placed.range(term.span), fmt::format("type:{}", term.text));
  if (!nearest.result().empty()) builder.help("did you mean `type:{}`?", nearest.result());
  builder.help("it means every zone of that `type:`, and no zone has it").emit();
  return std::nullopt;
}

std::optional<ir::Addresses> Meaning::vlan(const Term& term, const Placed& placed) {
  std::uint16_t number = 0;
  const char* end = term.text.data() + term.text.size();
  const auto [stop, error] = std::from_chars(term.text.data(), end, number);
  ir::Addresses addresses;
  bool found = false;
  if (error == std::errc() && stop == end) {
    for (const ir::NetworkId id : policy_.networks.ids()) {
      if (policy_.networks[id].vlan != number) continue;
      ir::add(addresses, ir::hosts_of(policy_, id));
      found = true;
    }
  }
  if (found) return addresses;
  diagnostics_.build(kind::unknown_name, placed.range(term.span), fmt::format("vlan:{}", term.text))
      .help("it means every network with that `vlan:`, and none has it")
      .emit();
  return std::nullopt;
}

// Without a kind the names of zones, networks, hosts and groups are looked at, which are one name space.
std::optional<ir::Addresses> Meaning::pattern(const Term& term, const Placed& placed) {
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_max_mem(pattern_bytes);
  const re2::RE2 expression(re2::StringPiece(term.text.data(), term.text.size()), options);
  if (!expression.ok()) {
    diagnostics_
        .build(kind::bad_set_text, placed.range(term.span), placed.word(term.span).value, expression.error())
        .emit();
    return std::nullopt;
  }
  ir::Addresses addresses;
  bool found = false;
  const auto look = [&](std::string_view kind, bool unasked, const auto& items, auto addresses_of_item) {
    if (!(term.kind == kind || (term.kind.empty() && unasked))) return;
    for (const auto id : items.ids()) {
      if (!re2::RE2::PartialMatch(items[id].name, expression)) continue;
      ir::add(addresses, addresses_of_item(id));
      found = true;
    }
  };
  look("zone", true, policy_.zones, [&](ir::ZoneId id) { return ir::hosts_of(policy_, policy_.zones[id]); });
  look("network", true, policy_.networks, [&](ir::NetworkId id) { return ir::hosts_of(policy_, id); });
  look("host", true, policy_.hosts, [&](ir::HostId id) { return ir::addresses_of(policy_.hosts[id]); });
  look("group", true, policy_.groups, [&](ir::GroupId id) {
    const ir::EndpointId endpoint = policy_.groups[id].endpoint;
    return endpoint.valid() ? ir::addresses_of(policy_, policy_.endpoints[endpoint]) : ir::Addresses();
  });
  look("device", false, policy_.devices,
       [&](ir::DeviceId id) { return ir::own_addresses(policy_.devices[id]); });
  if (found) return addresses;
  const std::string_view of = term.kind.empty() ? "zone, network, host or group" : term.kind;
  diagnostics_.build(kind::unknown_name, placed.range(term.span), fmt::format("/{}/", term.text))
      .help("no name of a {} holds what the pattern asks for", of)
      .emit();
  return std::nullopt;
}

}  // namespace cordon::resolve
