// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

// A base chain and all that it leads to as one list of rules where the first match decides.
//
// A chain that is jumped to stands where the jump stands, narrowed by its condition. What returns early goes
// on behind the jump, so that the rest of the caller is written once more for it, narrowed by the condition
// to return. `goto` does the same with the caller's caller.
#ifndef BACKENDS_NFTABLES_READ_WALK_H
#define BACKENDS_NFTABLES_READ_WALK_H

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "backends/nftables/read_interfaces.h"
#include "backends/nftables/read_lower.h"
#include "backends/nftables/read_services.h"
#include "compiler/config/reading.h"

namespace cordon::backends::nftables::reading {

inline constexpr unsigned deepest_jump = 16;  // of the kernel

// What a filter is made of.
struct Program {
  const Chapter* chapter = nullptr;
  bool permits = false;                   // what no entry decides
  std::uint8_t families = both_families;  // that the chain sees; the others pass
  Range range;
  std::string name;
};

// Where a filter stands: a class stands for its group. Nothing: no test asks.
struct Stand {
  std::optional<ClassId> in, out;
};

class Walker {
 public:
  Walker(Lowering& lowering, const InterfaceClasses& classes, const Kernel& kernel, config::Reading& reading);

  [[nodiscard]] config::Filter walk(const Program& program, const Stand& stand, config::FilterId id);

 private:
  struct Frame {
    const Chapter* chapter = nullptr;
    std::size_t next = 0;  // position in its candidates
    const Frame* parent = nullptr;
    unsigned depth = 0;
    config::OriginId reason;  // the last jump on the way with a comment
  };
  // Entries of a chapter by the interface they ask for.
  struct Index {
    std::unordered_map<ClassId, std::vector<std::uint32_t>> by_class;
    std::vector<std::uint32_t> others;
  };
  using Candidates = std::vector<std::uint32_t>;

  void run(const Frame& frame, const Cell& path, bool to_the_end);
  void run_entries(const Frame& frame, const Cell& path, bool to_the_end);
  [[nodiscard]] bool within_limits();
  bool step(const Frame& frame, const Entry& entry, const Cell& cell);
  void end(const Frame& frame, const Cell& path);
  void decide(const Cell& cell, config::Action action, bool log, config::OriginId origin);
  void decide(const Cell& cell, packet::Family family, config::Rule rule);
  void add(config::Rule rule, const Cell& cell, Part part, std::uint8_t states);
  [[nodiscard]] config::OriginId origin(const Frame& frame, const Entry& entry) const;
  void gap(Range range, const std::string& reason);
  [[nodiscard]] std::optional<Cell> at_stand(Cell cell) const;
  const Candidates& candidates(const Chapter& chapter);
  const Index& index(const Chapter& chapter);

  Lowering& lowering_;
  const InterfaceClasses& classes_;
  const Kernel& kernel_;
  config::Reading& reading_;
  ServiceWriter services_;
  std::unordered_map<const Chapter*, Index> indices_[2];  // by interfaces in and out

  // Of the filter that is being made.
  const Program* program_ = nullptr;
  Stand stand_;
  config::Filter filter_;
  config::FilterId id_;
  config::OriginId policy_;
  bool stopped_ = false;
  std::set<std::pair<Range, std::string>> told_;  // gaps of this filter
  std::unordered_map<const Chapter*, Candidates> candidates_;
  unsigned nesting_ = 0;
  std::uint64_t steps_ = 0;  // of all filters
  std::uint64_t rules_ = 0;  // in all filters
};

}  // namespace cordon::backends::nftables::reading

#endif  // BACKENDS_NFTABLES_READ_WALK_H
