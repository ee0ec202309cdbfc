// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// What a compilation knows of its own output, beside that output: manifest and source map.
#ifndef COMPILER_CLI_RECORDS_H
#define COMPILER_CLI_RECORDS_H

#include <span>
#include <string>
#include <vector>

#include "compiler/cli/output_directory.h"
#include "compiler/cli/pipeline.h"
#include "compiler/plan/passes.h"

namespace cordon::cli {

// `retargets` as they stand on the command line.
void write_records(const Compilation& compilation, std::vector<std::string> retargets,
                   std::span<const plan::Pass* const> passes, OutputDirectory& output);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_RECORDS_H
