// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/library.h"

#include <cstdlib>

namespace cordon::cli {

std::filesystem::path library_folder() {
  namespace fs = std::filesystem;
  if (const char* named = std::getenv("CORDON_LIBRARY"); named != nullptr && *named != '\0') return named;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
  if (error) return {};
  // An installed program lies in bin/, one of a build in build/PRESET/.
  for (const char* relative : {"../share/cordon/policies", "../../policies", "../../../policies"}) {
    fs::path candidate = (program / relative).lexically_normal();
    if (fs::is_directory(candidate / "services", error)) return candidate;
  }
  return {};
}

}  // namespace cordon::cli
