// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/text.h"

#include <algorithm>

#include <fmt/format.h>

namespace cordon::backends::nftables {
namespace {

constexpr std::size_t comment_limit = 128;
constexpr std::size_t prefix_limit = 127;

bool harmless(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view(" ._,:/-").find(c) != std::string_view::npos;
}

}  // namespace

void Writer::line(int depth, std::string_view text, config::OriginId origin) {
  ++lines_;
  text_.append(static_cast<std::size_t>(depth), '\t');
  text_ += text;
  text_ += '\n';
  if (origin.valid()) origins_.push_back({lines_, origin});
}

void Writer::blank() {
  ++lines_;
  text_ += '\n';
}

std::string plain(std::string_view text, std::size_t limit) {
  std::string result(text.substr(0, limit));
  std::ranges::replace_if(
      result, [](char c) { return !harmless(c); }, '_');
  if (text.size() > limit) result.replace(limit - 3, 3, "...");
  return result;
}

std::string comment(std::string_view text) {
  return fmt::format(" comment \"{}\"", plain(text, comment_limit));
}

std::string log_statement(std::string_view prefix) {
  return fmt::format("log prefix \"{}: \" level info", plain(prefix, prefix_limit - 2));
}

std::string braces(const std::vector<std::string>& elements) {
  return elements.size() == 1 ? elements.front() : fmt::format("{{ {} }}", fmt::join(elements, ", "));
}

std::string chain_name(const config::Filter& filter) { return "filter-" + filter.name; }

}  // namespace cordon::backends::nftables
