// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The other addresses of whoever has one of these: of a declared host both, of a device all, and in a network
// any of the other family that are of no declared host.
#ifndef COMPILER_CHANGE_TWINS_H
#define COMPILER_CHANGE_TWINS_H

#include <vector>

#include "compiler/ir/policy.h"

namespace cordon::change {

class Twins {
 public:
  explicit Twins(const ir::Policy& policy);
  void add_to(ir::Addresses& addresses) const;

 private:
  std::vector<ir::Addresses> groups_;  // all of one is one
  std::vector<ir::Addresses> loose_;   // of each network, of no declared host
};

}  // namespace cordon::change

#endif  // COMPILER_CHANGE_TWINS_H
