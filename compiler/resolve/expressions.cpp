// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Expressions in the files of a project: the ends of tests, and what waivers accept.
//
// A list of names and literals is read as a flow reads it, with everything that may be wrong with one. Where
// more is said, the set is worked out and becomes an endpoint of its own.
#include <algorithm>

#include "compiler/ir/endpoint_addresses.h"
#include "compiler/resolve/resolver.h"

namespace cordon::resolve {

// Names as the scope knows them, parameters of a module included.
class Resolver::ScopedNames final : public Names {
 public:
  ScopedNames(Resolver& resolver, ScopeId scope) : resolver_(resolver), scope_(scope) {}

  [[nodiscard]] bool knows_place(std::string_view name) const override {
    return resolver_.find_place({{name, {}}, scope_}, name) != nullptr ||
           resolver_.scopes_[scope_].parameters.contains(name);
  }
  [[nodiscard]] std::optional<ir::Addresses> place(const syntax::Text& word) override {
    const Reference reference{word, scope_};
    const Members members = resolver_.members_of({&reference, 1});
    if (members.broken) return std::nullopt;
    ir::Addresses addresses = ir::addresses_of(resolver_.policy_, {{}, members.pieces, {}, {}});
    for (const ir::DeviceId device : members.devices)
      ir::add(addresses, ir::own_addresses(resolver_.policy_.devices[device]));
    return addresses;
  }
  [[nodiscard]] std::optional<packet::ServiceSet> service(const syntax::Text& word) override {
    const ir::ServiceListId list = resolver_.service_list({word}, scope_);
    if (!list.valid()) return std::nullopt;
    return resolver_.policy_.service_lists[list].terms;
  }

 private:
  Resolver& resolver_;
  ScopeId scope_;
};

// Nothing when some name has no meaning; that was reported.
std::optional<std::vector<ir::EndpointId>> Resolver::endpoints_of(const SetSyntax& set, const Placed& placed,
                                                                  ScopeId scope) {
  const std::vector<Term> terms = set.plain();
  if (!terms.empty() && std::ranges::all_of(terms, is_plain)) {
    syntax::Texts words;
    for (const Term& term : terms) words.push_back(placed.word(term.span));
    return endpoints_of(words, scope);
  }
  ScopedNames names(*this, scope);
  const auto addresses = Meaning(policy_, names, project_.sources, diagnostics_).set(set, placed);
  if (!addresses) return std::nullopt;
  return std::vector{expression_endpoint(std::string(placed.word(set.span).value), *addresses)};
}

ir::EndpointId Resolver::expression_endpoint(std::string label, const ir::Addresses& addresses) {
  ir::Endpoint endpoint = ir::endpoint_of(policy_, std::move(label), addresses);
  if (!endpoint.beyond.empty()) return policy_.endpoints.push_back(std::move(endpoint));
  Members members;
  members.pieces = std::move(endpoint.pieces);
  return intern_endpoint(std::move(endpoint.label), std::move(members));
}

std::optional<std::vector<ir::EndpointId>> Resolver::set_text(const syntax::Text& text, ScopeId scope) {
  const Placed placed(text, project_.sources);
  const auto set = parse_set(text.value);
  if (set) return endpoints_of(*set, placed, scope);
  report_fault(text, placed, set.error(), false, diagnostics_);
  return std::nullopt;
}

std::optional<ir::Traffic> Resolver::flow_text(const syntax::Text& text, ScopeId scope) {
  const Placed placed(text, project_.sources);
  const auto flow = parse_flow(text.value);
  if (!flow) {
    report_fault(text, placed, flow.error(), true, diagnostics_);
    return std::nullopt;
  }
  auto from = endpoints_of(flow->from, placed, scope);
  auto to = endpoints_of(flow->to, placed, scope);
  ir::Traffic traffic;
  const bool every =
      flow->services.empty() || (flow->services.size() == 1 && flow->services[0].text == "any");
  if (!every) {
    syntax::Texts words;
    for (const Term& term : flow->services) words.push_back(placed.word(term.span));
    traffic.services = service_list(words, scope);
    if (!traffic.services.valid()) return std::nullopt;
  }
  if (!from || !to) return std::nullopt;
  traffic.from = std::move(*from);
  traffic.to = std::move(*to);
  traffic.from_range = placed.range(flow->from.span);
  traffic.to_range = placed.range(flow->to.span);
  return traffic;
}

}  // namespace cordon::resolve
