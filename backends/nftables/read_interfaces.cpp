// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/read_interfaces.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <unordered_map>

namespace cordon::backends::nftables::reading {
namespace {

bool is_wildcard(std::string_view port) { return port.ends_with('*'); }

template <class Combine>
std::vector<ClassId> combined(Combine combine, const std::vector<ClassId>& a, const std::vector<ClassId>& b) {
  std::vector<ClassId> out;
  combine(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  return out;
}
std::vector<ClassId> in_both(const std::vector<ClassId>& a, const std::vector<ClassId>& b) {
  return combined([](auto... range) { std::set_intersection(range...); }, a, b);
}
std::vector<ClassId> in_either(const std::vector<ClassId>& a, const std::vector<ClassId>& b) {
  return combined([](auto... range) { std::set_union(range...); }, a, b);
}
std::vector<ClassId> in_first_only(const std::vector<ClassId>& a, const std::vector<ClassId>& b) {
  return combined([](auto... range) { std::set_difference(range...); }, a, b);
}

ClassSet both(const ClassSet& a, const ClassSet& b) {
  if (a.negated && b.negated) return {in_either(a.classes, b.classes), true};
  if (a.negated) return {in_first_only(b.classes, a.classes), false};
  if (b.negated) return {in_first_only(a.classes, b.classes), false};
  return {in_both(a.classes, b.classes), false};
}

}  // namespace

bool ClassSet::contains(ClassId id) const { return std::ranges::binary_search(classes, id) != negated; }

InterfaceClasses::InterfaceClasses(const CellSpace& space) {
  std::set<std::string> names;
  std::set<std::string> wildcards;
  for (const InterfaceTest& test : space.tests()) {
    for (const InterfaceClause& clause : test) {
      for (const std::string& pattern : clause.patterns)
        (is_wildcard(pattern) ? wildcards : names).insert(pattern);
    }
  }
  wildcards.erase("*");
  names_ = names.size();
  ports_.assign(names.begin(), names.end());
  ports_.insert(ports_.end(), wildcards.begin(), wildcards.end());
  ports_.emplace_back("*");
  for (const InterfaceTest& test : space.tests()) tests_.push_back(classes_of(test));
}

// A wildcard holds for its own class, for names that begin so and for wildcards that are narrower.
std::vector<ClassId> InterfaceClasses::matching(const InterfaceClause& clause) const {
  std::vector<ClassId> found;
  for (const std::string& pattern : clause.patterns) {
    const std::string_view prefix = std::string_view(pattern).substr(0, pattern.size() - 1);
    const auto names_end = ports_.begin() + static_cast<std::ptrdiff_t>(names_);
    if (!is_wildcard(pattern)) {
      found.push_back(
          static_cast<ClassId>(std::lower_bound(ports_.begin(), names_end, pattern) - ports_.begin()));
      continue;
    }
    const auto name = std::lower_bound(ports_.begin(), names_end, prefix);
    for (auto next = name; next != names_end && next->starts_with(prefix); ++next) {
      found.push_back(static_cast<ClassId>(next - ports_.begin()));
    }
    for (auto next = names_end; next != ports_.end(); ++next) {
      if (next->starts_with(prefix) && next->size() > prefix.size()) {
        found.push_back(static_cast<ClassId>(next - ports_.begin()));
      }
    }
  }
  std::ranges::sort(found);
  const auto rest = std::ranges::unique(found);
  found.erase(rest.begin(), rest.end());
  return found;
}

ClassSet InterfaceClasses::classes_of(const InterfaceTest& test) const {
  ClassSet all{{}, true};
  for (const InterfaceClause& clause : test) all = both(all, {matching(clause), clause.negated});
  return all;
}

std::vector<Group> InterfaceClasses::groups(const std::vector<InterfaceTestId>& tests) const {
  std::vector<std::uint32_t> part(ports_.size(), 0);
  std::uint32_t parts = 1;
  for (const InterfaceTestId test : tests) {
    std::unordered_map<std::uint32_t, std::uint32_t> split;  // from the part to the half that is in the test
    for (const ClassId id : tests_[test].classes) {
      const auto [half, made] = split.try_emplace(part[id], parts);
      if (made) ++parts;
      part[id] = half->second;
    }
  }
  std::vector<Group> groups;
  std::unordered_map<std::uint32_t, std::size_t> places;
  for (ClassId id = 0; id < part.size(); ++id) {
    const auto [place, made] = places.try_emplace(part[id], groups.size());
    if (made) groups.emplace_back();
    groups[place->second].push_back(id);
  }
  return groups;
}

}  // namespace cordon::backends::nftables::reading
