// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/output_directory.h"

#include <cstdio>
#include <fcntl.h>
#include <set>
#include <unistd.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "compiler/cli/read_text.h"
#include "compiler/cli/write_text.h"

namespace cordon::cli {
namespace {

namespace fs = std::filesystem;

// The names that the manifest of an earlier run lists; nothing when it is no manifest of ours.
std::optional<std::set<std::string>> listed_files(const fs::path& folder) {
  const auto manifest = nlohmann::json::parse(read_text(folder / manifest_name).value_or(""), nullptr, false);
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

fs::path make_folder(const fs::path& target) {
  std::string pattern = (target.parent_path() / ("." + target.filename().string() + ".XXXXXX")).string();
  if (::mkdtemp(pattern.data()) == nullptr) return {};
  std::error_code ignored;
  fs::permissions(pattern, fs::perms(0755), ignored);
  return pattern;
}

}  // namespace

OutputDirectory::OutputDirectory(const fs::path& target) : named_(target) {
  std::error_code error;
  target_ = fs::absolute(target, error).lexically_normal();
  if (target_.filename().empty()) target_ = target_.parent_path();
  reason_ = refusal(target);
  if (reason_) return;
  const fs::path parent = target_.parent_path();
  fs::create_directories(parent, error);
  if (error) {
    reason_ = fmt::format("cannot create `{}`: {}", parent.string(), error.message());
    return;
  }
  folder_ = make_folder(target_);
  if (folder_.empty()) reason_ = system_error(fmt::format("cannot create a folder in `{}`", parent.string()));
}

OutputDirectory::~OutputDirectory() {
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

void OutputDirectory::write(const std::string& name, std::string_view text) {
  // One at a time: threads that create files in one folder only spin on its lock.
  const std::lock_guard lock(mutex_);
  if (!reason_) reason_ = write_new_file(folder_ / name, text, (folder_ / name).string());
}

std::optional<std::string> OutputDirectory::publish() {
  if (reason_) return reason_;
  std::error_code error;
  if (fs::exists(target_, error) && !fs::is_empty(target_, error)) {
    // After the exchange the temporary name holds the old output, which the destructor removes.
    if (::renameat2(AT_FDCWD, folder_.c_str(), AT_FDCWD, target_.c_str(), RENAME_EXCHANGE) != 0)
      return system_error(fmt::format("cannot exchange `{}`", target_.string()));
    return std::nullopt;
  }
  if (::rename(folder_.c_str(), target_.c_str()) != 0)
    return system_error(fmt::format("cannot create `{}`", target_.string()));
  folder_.clear();
  return std::nullopt;
}

}  // namespace cordon::cli
