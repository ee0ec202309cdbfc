// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/common/command_lines.h"

#include <algorithm>

namespace cordon::backends {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\v' || c == '\f'; }

std::uint32_t narrow(std::size_t offset) { return static_cast<std::uint32_t>(offset); }

}  // namespace

void split_words(std::string_view text, std::vector<std::string_view>& words) {
  const char *at = text.data(), *const end = at + text.size();
  while (true) {
    at = std::find_if_not(at, end, is_blank);
    if (at == end) return;
    const char* const stop = std::find_if(at, end, is_blank);
    words.emplace_back(at, static_cast<std::size_t>(stop - at));
    at = stop;
  }
}

std::string_view CommandLine::word(std::size_t index) const {
  return index < words.size() ? words[index] : std::string_view{};
}

std::string_view CommandLine::rest(std::size_t index) const {
  if (index >= words.size()) return {};
  const char* end = words.back().data() + words.back().size();
  return {words[index].data(), static_cast<std::size_t>(end - words[index].data())};
}

source::Range CommandLine::range_of(std::size_t index) const {
  if (index >= words.size()) return range;
  const std::uint32_t begin =
      range.begin + narrow(static_cast<std::size_t>(words[index].data() - words[0].data()));
  return {range.file, begin, begin + narrow(words[index].size())};
}

CommandLines::CommandLines(const source::Sources& sources, source::FileId file)
    : file_(file), text_(sources.text(file)) {
  advance();
}

void CommandLines::advance() {
  line_.words.clear();
  while (line_.words.empty()) {
    if (offset_ >= text_.size()) {
      done_ = true;
      return;
    }
    const std::size_t begin = offset_;
    const std::size_t end = std::min(text_.find('\n', begin), text_.size());
    offset_ = end + 1;
    const std::string_view whole = text_.substr(begin, end - begin);
    split_words(whole, line_.words);
    if (line_.words.empty()) continue;
    const std::string_view first = line_.words.front(), last = line_.words.back();
    line_.indent = narrow(static_cast<std::size_t>(first.data() - whole.data()));
    const std::size_t length = static_cast<std::size_t>(last.data() - first.data()) + last.size();
    line_.range = {file_, narrow(begin + line_.indent), narrow(begin + line_.indent + length)};
  }
}

}  // namespace cordon::backends
