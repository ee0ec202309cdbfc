// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/check/wording.h"

#include <algorithm>

#include <fmt/format.h>

namespace cordon::check {

std::string counted(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::string joined(const std::vector<std::string>& parts, std::size_t shown) {
  const std::size_t count = std::min(parts.size(), shown);
  std::string text;
  for (std::size_t at = 0; at < count; ++at) {
    const bool last = at + 1 == count && count == parts.size();
    if (at > 0) text += last ? " and " : ", ";
    text += parts[at];
  }
  if (parts.size() > count) text += fmt::format(" and {} more", parts.size() - count);
  return text;
}

std::string quoted(const std::vector<std::string>& names, std::size_t shown) {
  std::vector<std::string> parts;
  for (const std::string& name : names) parts.push_back('`' + name + '`');
  return joined(parts, shown);
}

}  // namespace cordon::check
