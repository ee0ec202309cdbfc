// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Where the policy library and the templates of `init` are.
#ifndef COMPILER_CLI_LIBRARY_H
#define COMPILER_CLI_LIBRARY_H

#include <filesystem>

namespace cordon::cli {

// $CORDON_LIBRARY, else share/cordon/policies of the installation that this program belongs to, else
// policies/ of the source tree it was built in. Empty when there is none.
[[nodiscard]] std::filesystem::path library_folder();

}  // namespace cordon::cli

#endif  // COMPILER_CLI_LIBRARY_H
