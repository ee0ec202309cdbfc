// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/common/command_lines.h"

#include <algorithm>

namespace cordon::backends {
namespace {

constexpr std::string_view blanks = " \t\r\v\f";

std::uint32_t narrow(std::size_t offset) { return static_cast<std::uint32_t>(offset); }

}  // namespace

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
    for (std::size_t at = whole.find_first_not_of(blanks); at != std::string_view::npos;) {
      const std::size_t stop = std::min(whole.find_first_of(blanks, at), whole.size());
      if (line_.words.empty()) {
        line_.indent = narrow(at);
        line_.range = {file_, narrow(begin + at), 0};
      }
      line_.words.push_back(whole.substr(at, stop - at));
      line_.range.end = narrow(begin + stop);
      at = whole.find_first_not_of(blanks, stop);
    }
  }
}

}  // namespace cordon::backends
