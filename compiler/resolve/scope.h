// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Who may say which name.
//
// The project is one scope and every use of a module another. Inside a module its own names and its
// parameters come first, then the names of the project. From outside, what a module defines is called
// `module.name`; the bare name will do where only one used module defines it and the project does not.
#ifndef COMPILER_RESOLVE_SCOPE_H
#define COMPILER_RESOLVE_SCOPE_H

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/base/id.h"
#include "compiler/ir/policy.h"
#include "compiler/syntax/ast.h"

namespace cordon::resolve {

using ScopeId = Id<struct ScopeTag>;
inline constexpr ScopeId project_scope{0};

// What a parameter stands for: texts, to be understood in the scope that gave them.
struct Binding {
  const syntax::Parameter* parameter = nullptr;
  syntax::Texts values;
  ScopeId scope;
};

struct Scope {
  std::string prefix;  // `alaris.`; empty for the project
  ScopeId parent;
  std::string module;  // what `use` says
  source::Range used;
  std::vector<const syntax::File*> files;
  std::map<std::string_view, Binding> parameters;
};

// A reference and where it was written.
struct Reference {
  syntax::Text text;
  ScopeId scope;
};

struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <class T>
using NameMap = std::unordered_map<std::string, T, StringHash, std::equal_to<>>;

// Names of one kind, with what is needed to find them from any scope.
template <class T>
class NameTable {
 public:
  // The entry of that name, new or there before.
  T& declare(const Scope& scope, std::string_view name) {
    std::string full = scope.prefix + std::string(name);
    if (!scope.prefix.empty()) exported_[{scope.parent, std::string(name)}].push_back(full);
    return entries_.try_emplace(std::move(full)).first->second;
  }

  // Null when nothing has that name. `candidates`, when several modules define a bare name, says which.
  const T* find(const IdVector<ScopeId, Scope>& scopes, ScopeId from, std::string_view name,
                std::vector<std::string>* candidates = nullptr) const {
    if (const T* own = find_in(scopes[from].prefix, from, name, candidates)) return own;
    if (from == project_scope || (candidates != nullptr && !candidates->empty())) return nullptr;
    return find_in("", project_scope, name, candidates);
  }

  void reserve(std::size_t count) { entries_.reserve(count); }
  [[nodiscard]] const NameMap<T>& entries() const { return entries_; }

 private:
  const T* find_in(const std::string& prefix, ScopeId scope, std::string_view name,
                   std::vector<std::string>* candidates) const {
    const auto found = prefix.empty() ? entries_.find(name) : entries_.find(prefix + std::string(name));
    if (found != entries_.end()) return &found->second;
    if (exported_.empty()) return nullptr;
    const auto exported = exported_.find({scope, std::string(name)});
    if (exported == exported_.end()) return nullptr;
    if (exported->second.size() == 1) return &entries_.find(exported->second.front())->second;
    if (candidates != nullptr) *candidates = exported->second;
    return nullptr;
  }

  NameMap<T> entries_;
  std::map<std::pair<ScopeId, std::string>, std::vector<std::string>> exported_;
};

// Zones, networks, hosts and groups share one name space; a zone may carry its only network's name.
struct PlaceName {
  ir::ZoneId zone;
  ir::NetworkId network;
  ir::HostId host;
  ir::GroupId group;
  source::Range range;       // where it was declared first
  source::Range zone_range;  // where the zone was, when both are
};

}  // namespace cordon::resolve

#endif  // COMPILER_RESOLVE_SCOPE_H
