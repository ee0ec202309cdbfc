// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Connections that an expression speaks of: every packet from some addresses to others with some services.
#ifndef COMPILER_IR_FLOW_SET_H
#define COMPILER_IR_FLOW_SET_H

#include <string>
#include <vector>

#include "compiler/ir/policy.h"

namespace cordon::ir {

struct FlowSet {
  Addresses from, to;
  packet::ServiceSet services;  // never empty
  std::string text;             // as it was written
  std::string from_text, to_text;
  std::vector<std::string> service_words;  // none: every service
  Range range;
};

}  // namespace cordon::ir

#endif  // COMPILER_IR_FLOW_SET_H
