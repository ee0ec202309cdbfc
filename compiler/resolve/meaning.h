// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Whom an expression means: an exact set of addresses of both families, worked out in a policy.
//
// A zone, network, host, group or prefix never means the devices' own addresses, as in a flow; `device:NAME`
// does, and so does a literal that is exactly one of them. `any` is every address there is, `internet` the
// networks that are `any` (or the place of that name), `unassigned` what no other network declares. A pattern
// is RE2's; it is looked for anywhere in a name, and `^` and `$` tie it down.
#ifndef COMPILER_RESOLVE_MEANING_H
#define COMPILER_RESOLVE_MEANING_H

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/ir/flow_set.h"
#include "compiler/resolve/specifier.h"
#include "compiler/syntax/ast.h"

namespace cordon::resolve {

// What names mean where the expression stands. What is wrong with one is reported; the answer is nothing
// then.
class Names {
 public:
  Names() = default;
  Names(const Names&) = delete;
  Names& operator=(const Names&) = delete;
  virtual ~Names() = default;

  [[nodiscard]] virtual bool knows_place(std::string_view name) const = 0;
  // `name`, `zone:name`, `device:name`.
  [[nodiscard]] virtual std::optional<ir::Addresses> place(const syntax::Text& word) = 0;
  // A name or a term such as `tcp/443`.
  [[nodiscard]] virtual std::optional<packet::ServiceSet> service(const syntax::Text& word) = 0;
};

// The names of a whole policy, as its own project writes them.
class PolicyNames final : public Names {
 public:
  // Both have to last as long.
  PolicyNames(const ir::Policy& policy, diagnostics::Diagnostics& diagnostics);

  [[nodiscard]] bool knows_place(std::string_view name) const override;
  [[nodiscard]] std::optional<ir::Addresses> place(const syntax::Text& word) override;
  [[nodiscard]] std::optional<packet::ServiceSet> service(const syntax::Text& word) override;
  [[nodiscard]] bool knows_service(std::string_view name) const { return services_.names.contains(name); }

 private:
  // A name of a module will do without the module where nothing else is called so.
  template <class Item>
  struct Table {
    std::map<std::string_view, Item> names;
    std::multimap<std::string_view, std::string_view> in_modules;  // bare name, full name
  };
  struct Place {
    ir::ZoneId zone;
    ir::NetworkId network;
    ir::HostId host;
    ir::GroupId group;
    source::Range range;
  };

  template <class Item>
  static Item& declare(Table<Item>& table, std::string_view name);
  // Null when there is none, or several, which is reported.
  template <class Item>
  const Item* find(const Table<Item>& table, const syntax::Text& word, std::string_view name, bool& told);
  [[nodiscard]] ir::Addresses addresses(const Place& place) const;
  [[nodiscard]] std::optional<ir::Addresses> device(const syntax::Text& word, std::string_view name);
  void unknown_place(const syntax::Text& word, std::string_view name);

  const ir::Policy& policy_;
  diagnostics::Diagnostics& diagnostics_;
  Table<Place> places_;
  Table<ir::ServiceId> services_;
  Table<ir::DeviceId> devices_;
};

// The words of a text with their places; exact where the text stands in the file as it reads.
class Placed {
 public:
  Placed(const syntax::Text& text, const source::Sources& sources);
  [[nodiscard]] source::Range range(Span span) const;
  [[nodiscard]] syntax::Text word(Span span) const {
    return {text_.value.substr(span.begin, span.end - span.begin), range(span)};
  }

 private:
  syntax::Text text_;
  std::optional<std::uint32_t> begin_;  // of the first byte; nothing: only the whole has a place
};

class Meaning {
 public:
  // All of them have to last as long.
  Meaning(const ir::Policy& policy, Names& names, const source::Sources& sources,
          diagnostics::Diagnostics& diagnostics)
      : policy_(policy), names_(names), sources_(sources), diagnostics_(diagnostics) {}

  // Nothing when something was reported.
  [[nodiscard]] std::optional<ir::Addresses> set(const syntax::Text& text);
  [[nodiscard]] std::optional<ir::FlowSet> flow(const syntax::Text& text);
  [[nodiscard]] std::optional<ir::Addresses> set(const SetSyntax& set, const Placed& placed);

 private:
  [[nodiscard]] std::optional<ir::Addresses> product(const Product& product, const Placed& placed);
  [[nodiscard]] std::optional<ir::Addresses> term(const Term& term, const Placed& placed);
  [[nodiscard]] std::optional<ir::Addresses> keyword(std::string_view text) const;
  [[nodiscard]] std::optional<ir::Addresses> pattern(const Term& term, const Placed& placed);
  [[nodiscard]] std::optional<ir::Addresses> zone_type(const Term& term, const Placed& placed);
  [[nodiscard]] std::optional<ir::Addresses> vlan(const Term& term, const Placed& placed);
  // Empty: it is no literal; holding nothing: it is a wrong one.
  [[nodiscard]] std::optional<std::optional<ir::Addresses>> literal(const Term& term, const Placed& placed);
  [[nodiscard]] ir::Addresses hosts_in(packet::AddressSet literal) const;

  const ir::Policy& policy_;
  Names& names_;
  const source::Sources& sources_;
  diagnostics::Diagnostics& diagnostics_;
};

// What is wrong with the form of a text.
void report_fault(const syntax::Text& text, const Placed& placed, const SyntaxFault& fault, bool flow,
                  diagnostics::Diagnostics& diagnostics);
// Whether the term is a name or a literal as flows have them, and none of the words of expressions alone.
[[nodiscard]] bool is_plain(const Term& term);

}  // namespace cordon::resolve

#endif  // COMPILER_RESOLVE_MEANING_H
