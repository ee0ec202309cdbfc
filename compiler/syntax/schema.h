// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The language table for editors, which complete and check while one writes.
#ifndef COMPILER_SYNTAX_SCHEMA_H
#define COMPILER_SYNTAX_SCHEMA_H

#include <string>

namespace cordon::syntax {

// JSON Schema, draft-07: the newest draft that every released version of the common YAML language
// server understands. Nothing that the language needs was added later.
std::string json_schema();

}  // namespace cordon::syntax

#endif  // COMPILER_SYNTAX_SCHEMA_H
