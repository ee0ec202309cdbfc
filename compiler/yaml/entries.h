// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The entries of one mapping, once all are known.
#ifndef COMPILER_YAML_ENTRIES_H
#define COMPILER_YAML_ENTRIES_H

#include <cstddef>
#include <span>

#include "compiler/yaml/findings.h"
#include "compiler/yaml/node.h"

namespace cordon::yaml {

// Reports keys that occur twice and merge keys, moves the entries that stay to the front in their order,
// and returns how many there are. Sorts rather than hashes, so that no file can be made to be slow.
[[nodiscard]] std::size_t tidy_entries(std::span<Entry> entries, Findings& findings);

}  // namespace cordon::yaml

#endif  // COMPILER_YAML_ENTRIES_H
