// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Access lists, one entry a rule, and what they are bound to.
//
// A list holds both families: `any4` and `any6` and the addresses say which one an entry is about.
// An interface without a list would fall back on security levels, so one without a filter of its own
// gets a list that permits everything: then only filters decide, as the plan says.
//
// A list's name says what is in it. So a changed list is a new one beside the old, complete before
// an interface is bound to it, and binding puts the one in the place of the other in one step.

#include <algorithm>

#include "backends/cisco_asa/emit.h"
#include "backends/cisco_asa/limits.h"
#include "backends/common/names.h"
#include "backends/common/remarks.h"
#include "compiler/base/check.h"

namespace cordon::backends::cisco_asa {
namespace {

using config::Binding;
using config::Filter;
using config::InterfaceId;
using config::Rule;
using config::Stage;

std::vector<const Rule*> pointers(const std::vector<Rule>& rules) {
  std::vector<const Rule*> result;
  result.reserve(rules.size());
  for (const Rule& rule : rules) result.push_back(&rule);
  return result;
}

void write_entry(const Rule& rule, const Operands& operands, Writer& out) {
  const Operands::Service& service = operands.services[rule.services.value];
  out << (rule.action == config::Action::permit ? Literal("extended permit ") : Literal("extended deny "));
  out.words(service.protocol) << " ";
  out.words(operands.addresses[rule.source.value]);
  if (!service.source.empty()) (out << " ").words(service.source);
  (out << " ").words(operands.addresses[rule.destination.value]);
  if (!service.destination.empty()) (out << " ").words(service.destination);
  if (rule.log) out << " log";
  out.end(rule.origin);
}

// What is for the device itself and matches no entry goes on to the device: such a list has no denial at its
// end but the one that is written.
bool guards(const config::Device& device, config::FilterId id) {
  return std::ranges::any_of(device.bindings, [&](const Binding& binding) {
    return binding.stage == Stage::own && binding.filter == id;
  });
}

bool denies_all(const Rule& rule, const Operands& operands, Literal any) {
  const Operands::Service& service = operands.services[rule.services.value];
  return rule.action == config::Action::deny && service.protocol == "ip" &&
         operands.addresses[rule.source.value] == any.text() &&
         operands.addresses[rule.destination.value] == any.text();
}

void close(const std::vector<Rule>& rules, const Operands& operands, Writer& out) {
  for (const Literal any : {Literal("any4"), Literal("any6")}) {
    const auto closes = [&](const Rule& rule) { return denies_all(rule, operands, any); };
    if (std::ranges::any_of(rules, closes)) continue;
    out << "extended deny ip " << any << " " << any;
    out.end();
  }
}

// The entries of a list, without what each of them begins with.
Writer entries(const config::Device& device, const Filter& filter, const Operands& operands) {
  CORDON_CHECK(!filter.rules.empty());  // an interface bound to an empty list would be open
  const std::vector<const Rule*> rules = pointers(filter.rules);
  const std::vector<Remark> notes = remarks(device, rules, max_remark);
  Writer out(rules.size() * 80);
  auto note = notes.begin();
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (note != notes.end() && note->rule == i) {
      (out << "remark ").comment(note->text, max_remark).end(rules[i]->origin);
      ++note;
    }
    write_entry(*rules[i], operands, out);
  }
  return out;
}

void write_binding(std::string_view list, Literal direction, const config::Interface& interface, Literal rest,
                   Writer& out) {
  out << "access-group ";
  out.word(list) << " " << direction << " interface ";
  out.word(nameif(interface)) << rest;
  out.end();
}

}  // namespace

Lists write_access_lists(const config::Device& device, const Operands& operands, Writer& out) {
  std::vector<Writer> bodies;
  std::vector<NamedThing> things;
  for (const config::FilterId id : device.filters.ids()) {
    const Filter& filter = device.filters[id];
    bodies.push_back(entries(device, filter, operands));
    if (guards(device, id)) close(filter.rules, operands, bodies.back());
    things.push_back({filter.name, digest(bodies.back().text())});
  }
  const std::vector<std::string> names = versioned_names(things, max_list_name);
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    out.append(bodies[i], "access-list " + names[i]);
    out.line("!");
  }
  Lists lists{.in = std::vector<std::string>(device.interfaces.size(), std::string(unfiltered_list.text())),
              .out = std::vector<std::string>(device.interfaces.size()),
              .own = std::vector<std::string>(device.interfaces.size())};
  for (const Binding& binding : device.bindings) {
    CORDON_CHECK(binding.interface.valid());
    const std::string& name = names[binding.filter.value];
    if (binding.stage == Stage::interface_in) lists.in[binding.interface.value] = name;
    if (binding.stage == Stage::interface_out) lists.out[binding.interface.value] = name;
    if (binding.stage == Stage::own) lists.own[binding.interface.value] = name;
  }
  if (std::ranges::count(lists.in, unfiltered_list.text()) > 0) {
    out << "access-list " << unfiltered_list << " remark interfaces without a filter of their own";
    out.end();
    out << "access-list " << unfiltered_list << " extended permit ip any any";
    out.end();
    out.line("!");
  }
  return lists;
}

void write_bindings(const config::Device& device, InterfaceId id, const Lists& lists, Writer& out) {
  const config::Interface& interface = device.interfaces[id];
  write_binding(lists.in[id.value], "in", interface, "", out);
  if (!lists.out[id.value].empty()) write_binding(lists.out[id.value], "out", interface, "", out);
  if (!lists.own[id.value].empty())
    write_binding(lists.own[id.value], "in", interface, " control-plane", out);
}

}  // namespace cordon::backends::cisco_asa
