// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/text_difference.h"

#include <git2.h>

namespace cordon::cli {

std::string text_difference(const std::string& path, const std::string& before, const std::string& after) {
  if (before == after) return {};
  git_libgit2_init();
  git_diff_options options{};
  git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
  options.flags |= GIT_DIFF_FORCE_TEXT;
  git_patch* made = nullptr;
  git_buf written = GIT_BUF_INIT_CONST(nullptr, 0);
  std::string text;
  if (git_patch_from_buffers(&made, before.data(), before.size(), path.c_str(), after.data(), after.size(),
                             path.c_str(), &options) == 0) {
    if (git_patch_to_buf(&written, made) == 0) text.assign(written.ptr, written.size);
    git_buf_dispose(&written);
    git_patch_free(made);
  }
  git_libgit2_shutdown();
  return text;
}

}  // namespace cordon::cli
