// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Classes of interfaces that a ruleset can tell apart by their names.
#ifndef BACKENDS_NFTABLES_READ_INTERFACES_H
#define BACKENDS_NFTABLES_READ_INTERFACES_H

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "backends/nftables/read_cells.h"

namespace cordon::backends::nftables::reading {

// A class is a name, what else begins as a wildcard says, or (the last) everything else.
using ClassId = std::uint32_t;

// Classes in a test, or those that are not.
struct ClassSet {
  std::vector<ClassId> classes;  // ascending
  bool negated = false;
  [[nodiscard]] bool contains(ClassId id) const;
};

// Classes that no test of a filter tells apart.
using Group = std::vector<ClassId>;  // ascending, not empty

class InterfaceClasses {
 public:
  explicit InterfaceClasses(const CellSpace& space);

  [[nodiscard]] const std::vector<std::string>& ports() const { return ports_; }
  [[nodiscard]] bool contains(InterfaceTestId test, ClassId id) const {
    return !test.valid() || tests_[test].contains(id);
  }
  [[nodiscard]] const ClassSet& classes(InterfaceTestId test) const { return tests_[test]; }
  // All classes, split by what the tests tell apart.
  [[nodiscard]] std::vector<Group> groups(const std::vector<InterfaceTestId>& tests) const;

 private:
  [[nodiscard]] std::vector<ClassId> matching(const InterfaceClause& clause) const;
  [[nodiscard]] ClassSet classes_of(const InterfaceTest& test) const;

  std::vector<std::string> ports_;  // names in order, then wildcards in order, then `*`
  std::size_t names_ = 0;           // how many are names
  IdVector<InterfaceTestId, ClassSet> tests_;
};

}  // namespace cordon::backends::nftables::reading

#endif  // BACKENDS_NFTABLES_READ_INTERFACES_H
