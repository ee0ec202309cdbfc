// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Uses of modules: a scope each, with parameters bound to what the user gave.
#include <algorithm>

#include "compiler/base/spelling.h"
#include "compiler/resolve/resolver.h"

namespace cordon::resolve {
namespace {

// The last part of the module's path, unless `as` says otherwise.
std::string_view short_name(const syntax::Use& use) {
  if (use.as.present()) return use.as.value;
  const std::string_view name = use.module.value;
  return name.substr(name.rfind('/') + 1);
}

}  // namespace

void Resolver::open_scopes() {
  Scope project;
  for (const syntax::File& file : project_.files) project.files.push_back(&file);
  scopes_.push_back(std::move(project));
  use_modules(project_scope, 0);
}

void Resolver::use_modules(ScopeId scope, std::size_t depth) {
  std::map<std::string_view, Range> names;
  for (std::size_t index = 0; index < scopes_[scope].files.size(); ++index) {
    for (const syntax::Use& use : scopes_[scope].files[index]->uses) {
      const auto [first, fresh] = names.emplace(short_name(use), use.range);
      if (fresh) {
        use_module(scope, use, depth);
        continue;
      }
      diagnostics_.build(kind::duplicate_name, use.range, short_name(use))
          .label(first->second, "first used here")
          .help("give one of them another name with `as:`")
          .emit();
    }
  }
}

void Resolver::use_module(ScopeId parent, const syntax::Use& use, std::size_t depth) {
  const auto module = project_.modules.find(std::string(use.module.value));
  if (module == project_.modules.end()) return;  // reported when it was looked for
  for (ScopeId scope = parent; scope != project_scope; scope = scopes_[scope].parent) {
    if (scopes_[scope].module != use.module.value) continue;
    diagnostics_.build(kind::module_recursion, use.range, use.module.value)
        .label(scopes_[scope].used, "used here first")
        .help("move what both need into a module of its own")
        .emit();
    return;
  }
  Scope scope;
  scope.prefix = scopes_[parent].prefix + std::string(short_name(use)) + ".";
  scope.parent = parent;
  scope.module = use.module.value;
  scope.used = use.range;
  scope.files.push_back(&module->second);
  bind_parameters(scope, parent, use, module->second);
  const ScopeId id = scopes_.push_back(std::move(scope));
  use_modules(id, depth + 1);
}

void Resolver::bind_parameters(Scope& scope, ScopeId parent, const syntax::Use& use,
                               const syntax::File& module) {
  static const std::vector<syntax::Parameter> none;
  const auto& parameters = module.module ? module.module->parameters : none;
  for (const syntax::Argument& argument : use.with) {
    const auto known = std::ranges::find(parameters, argument.name.value,
                                         [](const syntax::Parameter& each) { return each.name.value; });
    if (known != parameters.end()) {
      scope.parameters[known->name.value] = {&*known, argument.values, parent};
      continue;
    }
    NearestName nearest(argument.name.value);
    for (const syntax::Parameter& each : parameters) nearest.consider(each.name.value);
    auto builder = diagnostics_.build(kind::unknown_parameter, argument.name.range, use.module.value,
                                      argument.name.value);
    if (!nearest.result().empty()) builder.help("did you mean `{}`?", nearest.result());
    std::string names;
    for (const syntax::Parameter& each : parameters)
      names += (names.empty() ? "`" : ", `") + std::string(each.name.value) + "`";
    builder.help("the module takes {}", names.empty() ? "no parameters" : names);
    builder.emit();
  }
  for (const syntax::Parameter& each : parameters) {
    if (scope.parameters.contains(each.name.value)) continue;
    if (each.has_default) {
      // A default is written in the module, but may only name what every project has: literals.
      scope.parameters[each.name.value] = {&each, each.default_values, project_scope};
      continue;
    }
    scope.parameters[each.name.value] = {&each, {}, parent};
    const bool misspelt = std::ranges::any_of(use.with, [&](const syntax::Argument& argument) {
      return edit_distance(argument.name.value, each.name.value, 2) <= 2 &&
             argument.name.value != each.name.value;
    });
    if (misspelt) continue;
    diagnostics_.build(kind::missing_parameter, use.range, use.module.value, each.name.value)
        .label(each.range, "declared here, without a default")
        .help("add `{}: …` under `with:`{}{}", each.name.value, each.description.present() ? ": " : "",
              each.description.value)
        .emit();
  }
}

// Follows parameters through nested modules to what was finally given.
std::vector<Reference> Resolver::bound(syntax::Text text, ScopeId scope) const {
  std::vector<Reference> open{{text, scope}};
  std::vector<Reference> out;
  while (!open.empty()) {
    const Reference reference = open.back();
    open.pop_back();
    const auto& parameters = scopes_[reference.scope].parameters;
    const auto found = parameters.find(reference.text.value);
    if (found == parameters.end()) {
      out.push_back(reference);
      continue;
    }
    for (auto value = found->second.values.rbegin(); value != found->second.values.rend(); ++value) {
      open.push_back({*value, found->second.scope});
    }
  }
  return out;
}

void Resolver::check_parameters() {
  for (const ScopeId id : scopes_.ids()) {
    for (const auto& [name, binding] : scopes_[id].parameters) check_parameter(scopes_[id], binding);
  }
}

void Resolver::check_flag(const Scope& scope, const Binding& binding, const syntax::Text& given) {
  if (given.value == "true" || given.value == "false") return;
  diagnostics_
      .build(kind::wrong_parameter_type, given.range, given.value, "neither `true` nor `false`",
             binding.parameter->name.value, "flag")
      .label(binding.parameter->range, "declared here")
      .help("module `{}` needs `true` or `false` here: {}", scope.module,
            binding.parameter->description.value)
      .emit();
}

// A wrong argument is reported where it was given, not deep inside the module.
void Resolver::check_parameter(const Scope& scope, const Binding& binding) {
  const std::string_view type = binding.parameter->type.value;
  if (type == "text" || type == "endpoint" || type == "service" || type == "device") return;
  for (const syntax::Text& value : binding.values) {
    for (const Reference& reference : bound(value, binding.scope)) {
      if (type == "flag") {
        check_flag(scope, binding, reference.text);
        continue;
      }
      const PlaceName* place = find_place(reference, reference.text.value);
      if (place == nullptr) continue;  // said where it is used
      const bool fits = type == "zone"      ? place->zone.valid()
                        : type == "network" ? place->network.valid()
                        : type == "host"    ? place->host.valid()
                                            : place->group.valid();
      if (fits) continue;
      diagnostics_
          .build(kind::wrong_parameter_type, reference.text.range, reference.text.value, describe(*place),
                 binding.parameter->name.value, type)
          .label(binding.parameter->range, "declared here")
          .label(place->range, "`{}` is declared here", reference.text.value)
          .help("module `{}` needs {} here: {}", scope.module, type, binding.parameter->description.value)
          .emit();
    }
  }
}

}  // namespace cordon::resolve
