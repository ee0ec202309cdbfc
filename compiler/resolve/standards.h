// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The library's catalogues of controls, its map from checks to them, and its questionnaires.
#ifndef COMPILER_RESOLVE_STANDARDS_H
#define COMPILER_RESOLVE_STANDARDS_H

#include <optional>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/ir/standards.h"
#include "compiler/resolve/file_system.h"
#include "compiler/source/source.h"

namespace cordon::resolve {

// Reads `standards/` and `questionnaires/` of the library; the files join the sources as `library:…`. Nothing
// when there are none, which is for the caller to say, or when they are faulty, which is reported.
[[nodiscard]] std::optional<ir::Standards> load_standards(const FileSystem& library, source::Sources& sources,
                                                          diagnostics::Diagnostics& diagnostics);

}  // namespace cordon::resolve

#endif  // COMPILER_RESOLVE_STANDARDS_H
