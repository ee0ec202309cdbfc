// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// One line of an extended access list.
#ifndef BACKENDS_CISCO_ASA_READ_ENTRY_H
#define BACKENDS_CISCO_ASA_READ_ENTRY_H

#include "backends/cisco_asa/read_groups.h"

namespace cordon::backends::cisco_asa::reading {

struct Entry {
  config::Action action = config::Action::deny;
  const Addresses* source = nullptr;
  const Addresses* destination = nullptr;
  packet::ServiceSet services;  // of both families, sorted
  bool log = false;
  bool inactive = false;  // matches nothing, whatever it says
};

// The cursor stands at `permit` or `deny`. What is not understood it says, and the entry is not whole then.
[[nodiscard]] Entry take_entry(Cursor& cursor, Groups& groups);

}  // namespace cordon::backends::cisco_asa::reading

#endif  // BACKENDS_CISCO_ASA_READ_ENTRY_H
