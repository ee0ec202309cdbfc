// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/output_directory.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <set>
#include <sstream>
#include <unistd.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace cordon::cli {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

// The names that the manifest of an earlier run lists; nothing when it is no manifest of ours.
std::optional<std::set<std::string>> listed_files(const fs::path& folder) {
  const auto manifest = nlohmann::json::parse(read_file(folder / manifest_name), nullptr, false);
  if (!manifest.is_object() || manifest.value("format", "") != "cordon.manifest") return std::nullopt;
  const auto outputs = manifest.find("outputs");
  if (outputs == manifest.end() || !outputs->is_array()) return std::nullopt;
  std::set<std::string> names{manifest_name};
  for (const auto& output : *outputs) {
    if (output.is_object()) names.insert(output.value("path", ""));
  }
  return names;
}

// Why the folder must not be replaced; nothing when it may.
std::optional<std::string> refusal(const fs::path& target) {
  std::error_code error;
  if (!fs::exists(fs::symlink_status(target, error))) return std::nullopt;
  if (!fs::is_directory(target, error)) {
    return fmt::format("`{}` exists and is not a folder", target.string());
  }
  if (fs::is_empty(target, error)) return std::nullopt;
  const auto listed = listed_files(target);
  if (!listed) {
    return fmt::format("`{}` is not empty and holds no manifest of an earlier run", target.string());
  }
  for (const auto& entry : fs::directory_iterator(target, error)) {
    const std::string name = entry.path().filename().string();
    if (!listed->contains(name)) {
      return fmt::format("`{}` holds `{}`, which no earlier run wrote", target.string(), name);
    }
  }
  return std::nullopt;
}

std::string system_error(const std::string& what) {
  return fmt::format("{}: {}", what, std::strerror(errno));
}

// Written through to the disk, so that the rename never exposes a file that is not there yet.
std::optional<std::string> write_file(const fs::path& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (file < 0) return system_error(fmt::format("cannot create `{}`", path.string()));
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t count = ::write(file, text.data() + written, text.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      const std::string reason = system_error(fmt::format("cannot write `{}`", path.string()));
      ::close(file);
      return reason;
    }
    written += static_cast<std::size_t>(count);
  }
  if (::close(file) != 0) return system_error(fmt::format("cannot write `{}`", path.string()));
  return std::nullopt;
}

// A fresh folder that disappears again unless `release` is called.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const fs::path& target) {
    std::string pattern = (target.parent_path() / ("." + target.filename().string() + ".XXXXXX")).string();
    if (::mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }
  void release() { path_.clear(); }

 private:
  fs::path path_;
};

std::optional<std::string> move_into_place(TemporaryFolder& folder, const fs::path& target) {
  std::error_code error;
  if (fs::exists(target, error) && !fs::is_empty(target, error)) {
    // After the exchange the temporary name holds the old output, which the destructor removes.
    if (::renameat2(AT_FDCWD, folder.path().c_str(), AT_FDCWD, target.c_str(), RENAME_EXCHANGE) != 0) {
      return system_error(fmt::format("cannot exchange `{}`", target.string()));
    }
    return std::nullopt;
  }
  if (::rename(folder.path().c_str(), target.c_str()) != 0) {
    return system_error(fmt::format("cannot create `{}`", target.string()));
  }
  folder.release();
  return std::nullopt;
}

}  // namespace

std::optional<std::string> write_output_directory(const fs::path& target,
                                                  const std::vector<NamedText>& files) {
  std::error_code error;
  fs::path absolute = fs::absolute(target, error).lexically_normal();
  if (absolute.filename().empty()) absolute = absolute.parent_path();
  if (auto reason = refusal(target)) return reason;
  fs::create_directories(absolute.parent_path(), error);
  if (error) return fmt::format("cannot create `{}`: {}", absolute.parent_path().string(), error.message());

  TemporaryFolder folder(absolute);
  if (folder.path().empty()) {
    return system_error(fmt::format("cannot create a folder in `{}`", absolute.parent_path().string()));
  }
  fs::permissions(folder.path(), fs::perms(0755), error);
  for (const NamedText& file : files) {
    if (auto reason = write_file(folder.path() / file.name, file.text)) return reason;
  }
  return move_into_place(folder, absolute);
}

}  // namespace cordon::cli
