// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/repository.h"

namespace cordon::cli {

std::string folder_in_repository(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  if (folder.empty()) return {};
  std::error_code error;
  const fs::path whole = fs::weakly_canonical(fs::absolute(folder, error), error);
  if (error) return {};
  for (fs::path root = whole;; root = root.parent_path()) {
    // A folder, or in a second work tree a file.
    if (fs::exists(root / ".git", error)) {
      const std::string between = whole.lexically_relative(root).generic_string();
      return between == "." ? std::string() : between + '/';
    }
    if (root == root.parent_path()) return {};
  }
}

}  // namespace cordon::cli
