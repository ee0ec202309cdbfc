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
  const auto given = number<std::uint32_t>(line.word(at));
  if (!given || line.words.size() != at + 1) return false;
  const auto sequence = static_cast<std::int64_t>(*given);
  list.removed.emplace_back(sequence, list.entries.size());
  list.highest_removed |= sequence >= list.highest;
  return true;
}

void add_remark(const CommandLine& line, std::size_t at, std::optional<std::uint32_t> given,
                AccessList& list) {
  list.remark = line.range_of(at);
  list.remark.end = line.range.end;
  if (given) {
    const auto sequence = static_cast<std::int64_t>(*given);
    list.highest = std::max(list.highest, sequence);
    list.highest_counting_remarks = std::max(list.highest_counting_remarks, sequence);
  } else {
    list.highest_counting_remarks += step;
  }
}

void add_entry(const CommandLine& line, std::size_t action, std::optional<std::uint32_t> given,
               AccessList& list) {
  Entry entry;
  entry.range = line.range;
  entry.range.begin = line.range_of(action).begin;
  entry.remark = list.remark;
  list.remark = {};
  if (given) {
    entry.sequence = entry.counting_remarks = static_cast<std::int64_t>(*given);
  } else {
    entry.sequence = list.highest + step;
    entry.counting_remarks = list.highest_counting_remarks + step;
    if (list.highest_removed)
      list.problems.push_back({entry.range, "the number of this line depends on lines that are gone"});
  }
  list.highest = std::max(list.highest, entry.sequence);
  list.highest_counting_remarks = std::max(list.highest_counting_remarks, entry.counting_remarks);
  list.entries.push_back(entry);
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
  const bool remark = action == "remark";
  if (!remark && action != "permit" && action != "deny") return false;
  remark ? add_remark(line, at, given, list) : add_entry(line, at, given, list);
  return true;
}

void sort_entries(AccessList& list) {
  drop_removed(list);
  std::ranges::stable_sort(list.entries, {}, &Entry::sequence);
  for (std::size_t i = 1; i < list.entries.size(); ++i) {
    const Entry& before = list.entries[i - 1];
    const Entry& entry = list.entries[i];
    if (before.sequence == entry.sequence) {
      list.problems.push_back({entry.range, "two lines of the list have one number"});
    } else if (before.counting_remarks >= entry.counting_remarks) {
      list.problems.push_back({entry.range, "the order of lines depends on whether remarks have numbers"});
    }
  }
}

}  // namespace cordon::backends::cisco_ios
