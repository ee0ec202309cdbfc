// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/nftables/text.h"

#include <fmt/format.h>

#include "backends/common/printable.h"

namespace cordon::backends::nftables {
namespace {

constexpr std::size_t comment_limit = 128;
constexpr std::size_t prefix_limit = 127;

}  // namespace

void line(Writer& writer, int depth, std::string_view text, config::OriginId origin) {
  for (; depth > 0; --depth) writer << "    ";
  writer.words(text).end(origin);
}

std::string comment(std::string_view text) {
  return fmt::format(" comment \"{}\"", comment_text(text, comment_limit));
}

std::string log_statement(std::string_view prefix) {
  return fmt::format("log prefix \"{}: \" level info", comment_text(prefix, prefix_limit - 2));
}

std::string braces(const std::vector<std::string>& elements) {
  return elements.size() == 1 ? elements.front() : fmt::format("{{ {} }}", fmt::join(elements, ", "));
}

std::string chain_name(const config::Filter& filter) { return "filter-" + filter.name; }

}  // namespace cordon::backends::nftables
