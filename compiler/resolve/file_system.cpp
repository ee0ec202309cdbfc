// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/resolve/file_system.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

namespace cordon::resolve {

namespace fs = std::filesystem;

// The star is retried one letter further whenever what follows it does not fit: no recursion.
bool matches_glob(std::string_view pattern, std::string_view path) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t retry = 0;
  while (t < path.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      retry = t;
    } else if (p < pattern.size() && (pattern[p] == path[t] || (pattern[p] == '?' && path[t] != '/'))) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos && path[retry] != '/') {
      p = star + 1;
      t = ++retry;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

DiskFileSystem::DiskFileSystem(fs::path root) {
  std::error_code error;
  root_ = fs::weakly_canonical(root, error);
}

bool DiskFileSystem::inside(const fs::path& path) const {
  std::error_code error;
  const fs::path relative = fs::weakly_canonical(path, error).lexically_relative(root_);
  return !error && !relative.empty() && *relative.begin() != "..";
}

Expected<std::string, std::string> DiskFileSystem::read(const std::string& path) const {
  const fs::path full = root_ / path;
  if (!inside(full)) return Unexpected{std::string("it lies outside the project")};
  std::error_code error;
  if (!fs::is_regular_file(full, error)) {
    return Unexpected{std::string(fs::exists(full, error) ? "it is not a file" : "there is no such file")};
  }
  std::ifstream stream(full, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (!stream && !stream.eof()) return Unexpected{std::string(std::strerror(errno))};
  return text;
}

std::vector<std::string> DiskFileSystem::match(const std::string& pattern) const {
  // Only the folders that the pattern names outright need to be searched.
  const std::size_t wild = pattern.find_first_of("*?");
  if (wild == std::string::npos) {
    return exists(pattern) ? std::vector<std::string>{pattern} : std::vector<std::string>{};
  }
  const std::size_t slash = pattern.rfind('/', wild);
  const fs::path start = slash == std::string::npos ? root_ : root_ / pattern.substr(0, slash);
  std::vector<std::string> found;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(start, fs::directory_options::skip_permission_denied, error),
       end;
       !error && entry != end; entry.increment(error)) {
    if (!entry->is_regular_file(error)) continue;
    std::string relative = entry->path().lexically_relative(root_).generic_string();
    if (matches_glob(pattern, relative) && inside(entry->path())) found.push_back(std::move(relative));
  }
  std::ranges::sort(found);
  return found;
}

bool DiskFileSystem::exists(const std::string& path) const {
  std::error_code error;
  return fs::is_regular_file(root_ / path, error) && inside(root_ / path);
}

Expected<std::string, std::string> MemoryFileSystem::read(const std::string& path) const {
  const auto found = files_.find(path);
  if (found == files_.end()) return Unexpected{std::string("there is no such file")};
  return found->second;
}

std::vector<std::string> MemoryFileSystem::match(const std::string& pattern) const {
  std::vector<std::string> found;
  for (const auto& [path, text] : files_) {
    if (matches_glob(pattern, path)) found.push_back(path);
  }
  return found;
}

}  // namespace cordon::resolve
