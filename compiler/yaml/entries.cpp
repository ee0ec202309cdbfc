// Copyright The Cordon authors
// SPDX-License-Identifier: Apache-2.0

#include "compiler/yaml/entries.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include "compiler/diagnostics/kinds/yaml.h"

namespace cordon::yaml {
namespace {

namespace kind = diagnostics::kind;

constexpr std::size_t few = 12;

bool is_merge_key(const Node& key) { return key.text() == "<<" && key.style() == Style::plain; }

void report_duplicate(const Node& first, const Node& again, Findings& findings) {
  findings.sink()
      .build(kind::duplicate_key, again.range(), excerpt(again.text()))
      .here("again")
      .label(first.range(), "first here")
      .help("keep one of the two, or put both contents under one key")
      .emit();
}

void report_merge_key(const Node& key, Findings& findings) {
  findings.sink()
      .build(kind::merge_key, key.range())
      .help("write the keys out, or name the whole value with an alias `*name`")
      .emit();
}

// Marks which entries repeat an earlier key. Few entries are compared pair by pair.
std::vector<bool> find_repeats(std::span<const Entry> entries, Findings& findings) {
  std::vector<std::uint32_t> order(entries.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return entries[a].key.text() < entries[b].key.text();
  });
  std::vector<bool> repeats(entries.size());
  std::uint32_t first = 0;
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (entries[order[i]].key.text() != entries[order[first]].key.text()) {
      first = static_cast<std::uint32_t>(i);
      continue;
    }
    repeats[order[i]] = true;
    if (!is_merge_key(entries[order[i]].key)) {
      report_duplicate(entries[order[first]].key, entries[order[i]].key, findings);
    }
  }
  return repeats;
}

bool all_different(std::span<const Entry> entries) {
  for (std::size_t i = 1; i < entries.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (entries[i].key.text() == entries[j].key.text()) return false;
    }
  }
  return true;
}

}  // namespace

std::size_t tidy_entries(std::span<Entry> entries, Findings& findings) {
  const bool has_merge_key =
      std::any_of(entries.begin(), entries.end(), [](const Entry& entry) { return is_merge_key(entry.key); });
  if (!has_merge_key && entries.size() <= few && all_different(entries)) return entries.size();
  const std::vector<bool> repeats = find_repeats(entries, findings);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (is_merge_key(entries[i].key)) {
      report_merge_key(entries[i].key, findings);
    } else if (!repeats[i]) {
      entries[kept++] = entries[i];
    }
  }
  return kept;
}

}  // namespace cordon::yaml
