// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A project as it was read: every file of it and of the modules it uses, parsed but without meaning.
#ifndef COMPILER_RESOLVE_PROJECT_H
#define COMPILER_RESOLVE_PROJECT_H

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/resolve/file_system.h"
#include "compiler/source/source.h"
#include "compiler/syntax/ast.h"

namespace cordon::resolve {

struct LoadLimits {
  std::size_t files = 10'000;
  std::size_t bytes = std::size_t{256} << 20U;
  std::size_t module_depth = 16;  // modules that use modules
};

struct Project {
  source::Sources sources;
  std::vector<syntax::File> files;                    // of the project itself, ascending by path
  std::map<std::string, syntax::File> modules;        // by the name that `use` says
  std::map<std::string, source::FileId> inventories;  // CSV files, by path
};

// Reads the file `start` of the project, what it includes and the modules it uses. Modules are looked
// for in the project's own `modules/`, then in the library: `NAME.yaml` or `NAME/module.yaml`.
[[nodiscard]] Project load_project(const FileSystem& project, const std::string& start,
                                   const FileSystem* library, diagnostics::Diagnostics& diagnostics,
                                   const LoadLimits& limits = {});

}  // namespace cordon::resolve

#endif  // COMPILER_RESOLVE_PROJECT_H
