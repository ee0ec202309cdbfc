// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Inventories as comma-separated values (RFC 4180), with the place of every field.
#ifndef COMPILER_RESOLVE_CSV_H
#define COMPILER_RESOLVE_CSV_H

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/source.h"

namespace cordon::resolve {

struct CsvField {
  std::string_view text;  // unquoted; a view into the file, or into the reader's storage
  source::Range range;
};

// Reads one record after the other. A quoted field may hold separators, line breaks and doubled quotes.
class CsvReader {
 public:
  CsvReader(std::string_view text, source::FileId file, char separator, std::deque<std::string>& storage);

  // False at the end. Blank lines are skipped.
  bool next(std::vector<CsvField>& record);

  // A quote that nothing closes, or text after a closing quote; where it stands.
  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] source::Range failure() const { return failure_; }

 private:
  [[nodiscard]] CsvField plain_field();
  [[nodiscard]] CsvField quoted_field();
  [[nodiscard]] bool at_line_end() const {
    return at_ >= text_.size() || text_[at_] == '\n' || text_[at_] == '\r';
  }
  void skip_line_end();
  [[nodiscard]] source::Range range(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  std::string_view text_;
  source::FileId file_;
  char separator_;
  std::deque<std::string>& storage_;
  std::size_t at_ = 0;
  bool failed_ = false;
  source::Range failure_;
};

}  // namespace cordon::resolve

#endif  // COMPILER_RESOLVE_CSV_H
