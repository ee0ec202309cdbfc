// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "backends/cisco_ios/read_entries.h"

#include <algorithm>

namespace cordon::backends::cisco_ios {
namespace {

constexpr std::int64_t step = 10;

// `no N`, or `no sequence N`.
bool remove_entry(const CommandLine& line, AccessList& list) {
  const std::size_t at = line.word(1) == "sequence" ? 2 : 1;
  const auto sequence = number<std::uint32_t>(line.word(at));
  if (!sequence || line.words.size() != at + 1) return false;
  list.removed.push_back({static_cast<std::int64_t>(*sequence), list.entries.size()});
  return true;
}

void add_entry(const CommandLine& line, std::size_t action, std::int64_t sequence, AccessList& list) {
  list.highest = std::max(list.highest, sequence);
  source::Range range = line.range;
  range.begin = line.range_of(action).begin;
  list.entries.push_back({.sequence = sequence, .range = range, .remark = list.remark});
  list.remark = {};
}

// Lines that a `no N` further down takes back.
void drop_removed(AccessList& list) {
  if (list.removed.empty()) return;
  std::vector<std::pair<std::int64_t, std::size_t>>& removed = list.removed;
  std::ranges::sort(removed);
  std::size_t index = 0;
  std::erase_if(list.entries, [&](const Entry& entry) {
    const auto after = std::ranges::upper_bound(removed, std::pair{entry.sequence, index++});
    return after != removed.end() && after->first == entry.sequence;
  });
}

}  // namespace

bool add_list_line(const CommandLine& line, AccessList& list) {
  if (line.word(0) == "no") return remove_entry(line, list);
  std::size_t at = line.word(0) == "sequence" ? 1 : 0;
  const auto given = number<std::uint32_t>(line.word(at));
  if (given) ++at;
  const std::string_view action = line.word(at);
  if (action == "remark") {
    list.remark = line.range_of(at);
    list.remark.end = line.range.end;
    return true;
  }
  if (action != "permit" && action != "deny") return false;
  add_entry(line, at, given ? static_cast<std::int64_t>(*given) : list.highest + step, list);
  return true;
}

void sort_entries(AccessList& list) {
  drop_removed(list);
  std::ranges::stable_sort(list.entries, {}, &Entry::sequence);
  for (std::size_t i = 1; i < list.entries.size(); ++i) {
    if (list.entries[i].sequence == list.entries[i - 1].sequence)
      list.problems.push_back({list.entries[i].range, "two lines of the list have one number"});
  }
}

}  // namespace cordon::backends::cisco_ios
