// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Source files and places in them.
//
// A `Range` is two byte offsets in one file, twelve bytes in all, and is kept on everything from the
// YAML node to the emitted rule. Lines and columns are worked out only when a message is printed.
#ifndef COMPILER_SOURCE_SOURCE_H
#define COMPILER_SOURCE_SOURCE_H

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/id.h"

namespace cordon::source {

struct FileTag;
using FileId = Id<FileTag>;

// Half-open: `begin` is the first byte, `end` is one past the last. Ranges order by file, then place.
struct Range {
  FileId file;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] bool valid() const { return file.valid(); }
  friend constexpr auto operator<=>(const Range&, const Range&) = default;
};

// Both count from one. Columns count code points, so that a caret stands under the right letter.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  friend constexpr auto operator<=>(const Position&, const Position&) = default;
};

// Every file that was read, with the name it is shown under: relative to the project, `/` between
// folders, the same on every machine. Files are added while loading, from one thread; afterwards
// any number of threads may read. References to texts and paths stay valid.
class Sources {
 public:
  FileId add(std::string path, std::string text);

  [[nodiscard]] std::size_t size() const { return files_.size(); }
  [[nodiscard]] const std::string& path(FileId file) const;
  [[nodiscard]] const std::string& text(FileId file) const;
  [[nodiscard]] std::string_view text(Range range) const;

  [[nodiscard]] Position position(FileId file, std::uint32_t offset) const;
  [[nodiscard]] Position start(Range range) const { return position(range.file, range.begin); }
  [[nodiscard]] Position stop(Range range) const { return position(range.file, range.end); }

  // Text of a line (counted from one) without its line break; empty past the end.
  [[nodiscard]] std::string_view line(FileId file, std::uint32_t number) const;
  [[nodiscard]] std::uint32_t line_count(FileId file) const;

 private:
  struct File {
    std::string path;
    std::string text;
    std::vector<std::uint32_t> line_starts;
  };
  std::deque<File> files_;
};

}  // namespace cordon::source

#endif  // COMPILER_SOURCE_SOURCE_H
