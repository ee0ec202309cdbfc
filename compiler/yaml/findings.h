// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// Messages of one file that leave the rest of it readable.
//
// A hostile file can hold millions of faults. Of each kind the first few by place are kept, whatever the
// order they were found in, so that a file read in pieces says the same as one read whole.
#ifndef COMPILER_YAML_FINDINGS_H
#define COMPILER_YAML_FINDINGS_H

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"

namespace cordon::yaml {

class Findings {
 public:
  explicit Findings(std::size_t per_kind) : per_kind_(per_kind) {}

  // Where the next message is built.
  [[nodiscard]] diagnostics::Diagnostics& sink();

  void append(Findings other);

  // By place; the last message of a kind says how many more there were.
  void flush(diagnostics::Diagnostics& diags);

 private:
  struct Group {
    std::vector<diagnostics::Diagnostic> first;
    std::size_t dropped = 0;
  };

  void settle();
  void shorten(Group& group) const;

  std::size_t per_kind_;
  diagnostics::Diagnostics fresh_;
  std::map<diagnostics::KindId, Group> groups_;
};

// Text from a file as it may stand in a message: its beginning, cut between code points.
[[nodiscard]] std::string excerpt(std::string_view text);

}  // namespace cordon::yaml

#endif  // COMPILER_YAML_FINDINGS_H
