// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The file in which a change says what it is to do: `opens:` and `closes:`. It lies beside a project and is
// no part of it, but is read by the same reader. Texts are views; the file keeps them alive.
#ifndef COMPILER_SYNTAX_PURPOSE_H
#define COMPILER_SYNTAX_PURPOSE_H

#include <memory>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/syntax/ast.h"
#include "compiler/yaml/node.h"

namespace cordon::syntax {

struct PurposeFile {
  OptionalText ticket, reason;
  Texts opens, closes;
  std::shared_ptr<const yaml::Document> storage;
};

// To be used only when no error was reported.
[[nodiscard]] PurposeFile parse_purpose(std::shared_ptr<const yaml::Document> document,
                                        diagnostics::Diagnostics& diagnostics);

}  // namespace cordon::syntax

#endif  // COMPILER_SYNTAX_PURPOSE_H
