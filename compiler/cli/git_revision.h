// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A project as it stood at a revision, read from the repository's objects: nothing is checked out, no hook
// and no program of the repository runs, and the working tree is never looked at.
#ifndef COMPILER_CLI_GIT_REVISION_H
#define COMPILER_CLI_GIT_REVISION_H

#include <filesystem>
#include <memory>
#include <string>

#include "compiler/base/expected.h"
#include "compiler/resolve/file_system.h"

namespace cordon::cli {

// Why a revision cannot be read, and the way out; both for the user.
struct RevisionFault {
  std::string message;
  std::string help;
};

// The files below the folder at the revision: a branch, a tag, a commit, `HEAD~1`; `first-parent` is what
// HEAD was merged into. The folder lies in a repository and need not exist at the revision.
class GitRevision : public resolve::FileSystem {
 public:
  [[nodiscard]] static Expected<std::unique_ptr<GitRevision>, RevisionFault> open(
      const std::filesystem::path& folder, const std::string& revision);
  ~GitRevision() override;
  GitRevision(const GitRevision&) = delete;
  GitRevision& operator=(const GitRevision&) = delete;

  [[nodiscard]] Expected<std::string, std::string> read(const std::string& path) const override;
  [[nodiscard]] std::vector<std::string> match(const std::string& pattern) const override;
  [[nodiscard]] bool exists(const std::string& path) const override;

  // Twelve digits of the commit, for people.
  [[nodiscard]] const std::string& commit() const { return commit_; }

 private:
  struct Objects;
  explicit GitRevision(std::unique_ptr<Objects> objects);

  std::unique_ptr<Objects> objects_;
  std::string commit_;
};

// Lines that a text gained and lost.
struct LineChange {
  std::size_t added = 0, removed = 0;
};
[[nodiscard]] LineChange compare_lines(const std::string& before, const std::string& after);

}  // namespace cordon::cli

#endif  // COMPILER_CLI_GIT_REVISION_H
