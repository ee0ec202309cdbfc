// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// The outside world, as far as a project needs it: files under one root. Tests use one in memory.
#ifndef COMPILER_RESOLVE_FILE_SYSTEM_H
#define COMPILER_RESOLVE_FILE_SYSTEM_H

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/expected.h"

namespace cordon::resolve {

class FileSystem {
 public:
  virtual ~FileSystem() = default;

  // The bytes of a file, or why they cannot be had, in words for the user. Paths are relative to the
  // root, with `/` between folders and without `..`.
  [[nodiscard]] virtual Expected<std::string, std::string> read(const std::string& path) const = 0;

  // Every file below the root whose path matches the pattern, ascending. `*` and `?` stand for what is
  // no `/`. A file that a symbolic link leads out of the root is not among them.
  [[nodiscard]] virtual std::vector<std::string> match(const std::string& pattern) const = 0;

  [[nodiscard]] virtual bool exists(const std::string& path) const = 0;
};

class DiskFileSystem : public FileSystem {
 public:
  explicit DiskFileSystem(std::filesystem::path root);

  [[nodiscard]] Expected<std::string, std::string> read(const std::string& path) const override;
  [[nodiscard]] std::vector<std::string> match(const std::string& pattern) const override;
  [[nodiscard]] bool exists(const std::string& path) const override;

 private:
  [[nodiscard]] bool inside(const std::filesystem::path& path) const;

  std::filesystem::path root_;  // canonical
};

class MemoryFileSystem : public FileSystem {
 public:
  explicit MemoryFileSystem(std::map<std::string, std::string> files) : files_(std::move(files)) {}

  [[nodiscard]] Expected<std::string, std::string> read(const std::string& path) const override;
  [[nodiscard]] std::vector<std::string> match(const std::string& pattern) const override;
  [[nodiscard]] bool exists(const std::string& path) const override { return files_.contains(path); }

 private:
  std::map<std::string, std::string> files_;
};

// Whether a path matches a pattern, folder by folder. Linear in the product of both lengths.
[[nodiscard]] bool matches_glob(std::string_view pattern, std::string_view path);

}  // namespace cordon::resolve

#endif  // COMPILER_RESOLVE_FILE_SYSTEM_H
