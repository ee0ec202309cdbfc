// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// From the YAML tree of one file to its typed values, every fault reported in one run.
#ifndef COMPILER_SYNTAX_PARSE_H
#define COMPILER_SYNTAX_PARSE_H

#include <cstdint>
#include <memory>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/syntax/ast.h"
#include "compiler/yaml/node.h"

namespace cordon::syntax {

// Which keys a file may and must have at its top.
enum class FileRole : std::uint8_t {
  project,   // the file a project starts from: must say `cordon: 1`
  included,  // named by `include`: need not
  module,    // named by `use`: has a `module` head and no `cordon`
};

// What was faulty is left out of the result, which is to be used only when no error was reported.
// The file keeps the document alive, since its texts are views into it.
File parse(std::shared_ptr<const yaml::Document> document, FileRole role,
           diagnostics::Diagnostics& diagnostics);

}  // namespace cordon::syntax

#endif  // COMPILER_SYNTAX_PARSE_H
