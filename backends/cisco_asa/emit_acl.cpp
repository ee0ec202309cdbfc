// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Access lists, one entry a rule, and what they are bound to.
//
// A list holds both families: `any4` and `any6` and the addresses say which one an entry is about.
// An interface without a list would fall back on security levels, so one without a filter of its own
// gets a list that permits everything: then only filters decide, as the plan says.

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
using config::FilterId;
using config::InterfaceId;
using config::Rule;
using config::Stage;

std::vector<const Rule*> pointers(const std::vector<Rule>& rules) {
  std::vector<const Rule*> result;
  result.reserve(rules.size());
  for (const Rule& rule : rules) result.push_back(&rule);
  return result;
}

void write_entry(std::string_view list, const Rule& rule, const Operands& operands, Writer& out) {
  const Operands::Service& service = operands.services[rule.services.value];
  out << "access-list ";
  out.word(list);
  if (rule.action == config::Action::permit) {
    out << " extended permit ";
  } else {
    out << " extended deny ";
  }
  out.words(service.protocol) << " ";
  out.words(operands.addresses[rule.source.value]);
  if (!service.source.empty()) (out << " ").words(service.source);
  (out << " ").words(operands.addresses[rule.destination.value]);
  if (!service.destination.empty()) (out << " ").words(service.destination);
  if (rule.log) out << " log";
  out.end(rule.origin);
}

void write_list(const config::Device& device, std::string_view name, const Filter& filter,
                const Operands& operands, Writer& out) {
  CORDON_CHECK(!filter.rules.empty());  // an interface bound to an empty list would be open
  const std::vector<const Rule*> rules = pointers(filter.rules);
  const std::vector<Remark> notes = remarks(device, rules);
  auto note = notes.begin();
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (note != notes.end() && note->rule == i) {
      out << "access-list ";
      out.word(name) << " remark ";
      out.comment(note->text, max_remark).end(rules[i]->origin);
      ++note;
    }
    write_entry(name, *rules[i], operands, out);
  }
}

bool has_list(const config::Device& device, InterfaceId interface, Stage stage) {
  return std::ranges::any_of(device.bindings, [&](const Binding& binding) {
    return binding.stage == stage && binding.interface == interface;
  });
}

bool any_unfiltered(const config::Device& device) {
  return std::ranges::any_of(device.interfaces.ids(),
                             [&](InterfaceId id) { return !has_list(device, id, Stage::interface_in); });
}

void write_binding(std::string_view list, Literal direction, const config::Interface& interface, Literal rest,
                   Writer& out) {
  out << "access-group ";
  out.word(list) << " " << direction << " interface ";
  out.word(nameif(interface)) << rest;
  out.end();
}

}  // namespace

std::vector<std::string> list_names(const config::Device& device) {
  std::vector<NamedThing> things;
  for (const FilterId id : device.filters.ids()) things.push_back({device.filters[id].name, id.value});
  return object_names(things, max_list_name);
}

void write_access_lists(const config::Device& device, const Operands& operands, Writer& out) {
  const std::vector<std::string> names = list_names(device);
  for (const FilterId id : device.filters.ids()) {
    write_list(device, names[id.value], device.filters[id], operands, out);
    out.line("!");
  }
  if (any_unfiltered(device)) {
    out << "access-list " << unfiltered_list << " remark interfaces without a filter of their own";
    out.end();
    out << "access-list " << unfiltered_list << " extended permit ip any any";
    out.end();
    out.line("!");
  }
}

void write_bindings(const config::Device& device, Writer& out) {
  const std::vector<std::string> names = list_names(device);
  for (const Binding& binding : device.bindings) {
    const std::string& list = names[binding.filter.value];
    switch (binding.stage) {
      case Stage::interface_in:
        write_binding(list, "in", device.interfaces[binding.interface], "", out);
        break;
      case Stage::interface_out:
        write_binding(list, "out", device.interfaces[binding.interface], "", out);
        break;
      case Stage::own:
        for (const config::Interface& interface : device.interfaces) {
          write_binding(list, "in", interface, " control-plane", out);
        }
        break;
    }
  }
  for (const InterfaceId id : device.interfaces.ids()) {
    if (has_list(device, id, Stage::interface_in)) continue;
    write_binding(unfiltered_list.text(), "in", device.interfaces[id], "", out);
  }
}

}  // namespace cordon::backends::cisco_asa
