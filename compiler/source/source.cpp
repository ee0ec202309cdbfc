// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/source/source.h"

#include <algorithm>
#include <utility>

#include "compiler/base/check.h"

namespace cordon::source {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// An editor does not show a byte order mark, so the first line begins behind it.
std::vector<std::uint32_t> find_line_starts(std::string_view text) {
  std::vector<std::uint32_t> starts;
  starts.push_back(text.starts_with(byte_order_mark) ? 3U : 0U);
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    starts.push_back(static_cast<std::uint32_t>(at + 1));
  }
  return starts;
}

// Every byte that does not continue a code point starts one.
std::uint32_t count_code_points(std::string_view text) {
  std::uint32_t count = 0;
  for (const char byte : text) count += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  return count;
}

}  // namespace

FileId Sources::add(std::string path, std::string text) {
  CORDON_CHECK(text.size() < UINT32_MAX);
  std::vector<std::uint32_t> line_starts = find_line_starts(text);
  files_.push_back({std::move(path), std::move(text), std::move(line_starts)});
  return FileId{static_cast<std::uint32_t>(files_.size() - 1)};
}

const std::string& Sources::path(FileId file) const {
  CORDON_CHECK(file.value < files_.size());
  return files_[file.value].path;
}

const std::string& Sources::text(FileId file) const {
  CORDON_CHECK(file.value < files_.size());
  return files_[file.value].text;
}

std::string_view Sources::text(Range range) const {
  const std::string_view whole = text(range.file);
  CORDON_CHECK(range.begin <= range.end && range.end <= whole.size());
  return whole.substr(range.begin, range.end - range.begin);
}

Position Sources::position(FileId file, std::uint32_t offset) const {
  CORDON_CHECK(file.value < files_.size());
  const File& entry = files_[file.value];
  const std::uint32_t place = std::min(offset, static_cast<std::uint32_t>(entry.text.size()));
  const auto next = std::upper_bound(entry.line_starts.begin() + 1, entry.line_starts.end(), place);
  const std::uint32_t start = *(next - 1);
  const auto line = static_cast<std::uint32_t>(next - entry.line_starts.begin());
  if (place <= start) return {line, 1};
  return {line, 1 + count_code_points(std::string_view(entry.text).substr(start, place - start))};
}

std::string_view Sources::line(FileId file, std::uint32_t number) const {
  CORDON_CHECK(file.value < files_.size());
  const File& entry = files_[file.value];
  if (number == 0 || number > entry.line_starts.size()) return {};
  const std::uint32_t start = entry.line_starts[number - 1];
  const std::size_t stop =
      number < entry.line_starts.size() ? entry.line_starts[number] - 1 : entry.text.size();
  std::string_view text = std::string_view(entry.text).substr(start, stop - start);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

std::uint32_t Sources::line_count(FileId file) const {
  CORDON_CHECK(file.value < files_.size());
  return static_cast<std::uint32_t>(files_[file.value].line_starts.size());
}

}  // namespace cordon::source
