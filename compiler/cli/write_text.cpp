// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/cli/write_text.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

namespace cordon::cli {
namespace {

// Closed in any case: a disk may say only then that it is full.
std::optional<std::string> write_and_close(int file, std::string_view text, const std::string& shown) {
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t count = ::write(file, text.data() + written, text.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      std::string reason = system_error(fmt::format("cannot write `{}`", shown));
      ::close(file);
      return reason;
    }
    written += static_cast<std::size_t>(count);
  }
  if (::close(file) != 0) return system_error(fmt::format("cannot write `{}`", shown));
  return std::nullopt;
}

}  // namespace

std::string system_error(const std::string& what) {
  return fmt::format("{}: {}", what, std::strerror(errno));
}

std::optional<std::string> write_new_file(const std::filesystem::path& path, std::string_view text,
                                          const std::string& shown) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (file < 0) return system_error(fmt::format("cannot create `{}`", shown));
  return write_and_close(file, text, shown);
}

std::optional<std::string> replace_file(const std::filesystem::path& path, std::string_view text) {
  std::error_code error;
  if (std::filesystem::exists(path, error) && !std::filesystem::is_regular_file(path, error))
    return append_to_file(path, text, path.string());  // a pipe or a device: there is nothing to exchange
  const std::filesystem::path fresh = path.string() + ".new-" + std::to_string(::getpid());
  if (auto reason = write_new_file(fresh, text, path.string())) return reason;
  if (const auto old = std::filesystem::status(path, error); std::filesystem::exists(old))
    std::filesystem::permissions(fresh, old.permissions(), error);
  std::filesystem::rename(fresh, path, error);
  if (!error) return std::nullopt;
  const std::string reason = fmt::format("cannot write `{}`: {}", path.string(), error.message());
  std::filesystem::remove(fresh, error);
  return reason;
}

std::optional<std::string> append_to_file(const std::filesystem::path& path, std::string_view text,
                                          const std::string& shown) {
  const int file = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  if (file < 0) return system_error(fmt::format("cannot write `{}`", shown));
  return write_and_close(file, text, shown);
}

}  // namespace cordon::cli
