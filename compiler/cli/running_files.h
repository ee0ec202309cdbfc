// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Running configurations on disk: which file is of which device, and what its reader understands.
//
// A file is of the device that its name says (`core-1.cfg`, as `compile` writes it;
// `core-1.site.example.cfg`), else its folder's name, else of the device that its text calls itself. A device
// may have several files.
#ifndef COMPILER_CLI_RUNNING_FILES_H
#define COMPILER_CLI_RUNNING_FILES_H

#include <string>
#include <vector>

#include "compiler/change/running.h"
#include "compiler/cli/pipeline.h"

namespace cordon::cli {

// Files, and folders of files. A file that is named and of no device is an error; one that merely lies in a
// folder is left aside, as are hidden files and what `compile` writes beside the configurations. The texts
// become sources of the project, so that their lines can be shown. Needs the policy, with its devices on the
// platforms that they run on. What is wrong goes to the diagnostics; then there are no devices.
[[nodiscard]] change::Running read_running(Compilation& compilation, const std::vector<std::string>& paths);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_RUNNING_FILES_H
